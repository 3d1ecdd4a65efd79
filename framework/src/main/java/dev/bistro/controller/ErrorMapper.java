package dev.bistro.controller;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.result.ErrorWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what was thrown to a response. A client's fault is an {@link HttpException}; anything else is ours: the client sees a fixed text and
 * the request's id, and the log has the id with the cause.
 */
final class ErrorMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    private final ErrorWriter writer;

    ErrorMapper(ErrorWriter writer) {
        this.writer = writer;
    }

    Response<Payload> map(Request request, Throwable fault) {
        if (fault instanceof HttpException known) {
            log(request, known);
            return writer.write(request, known);
        }
        LOG.error("[{}] {} {} failed", request.id(), request.method(), request.path(), fault);
        return writer.write(request, new HttpException(Status.INTERNAL_SERVER_ERROR, "The server failed."));
    }

    private static void log(Request request, HttpException known) {
        if (known.status().code() >= 500) {
            LOG.error("[{}] {} {} → {}", request.id(), request.method(), request.path(), known.status(), known);
        } else {
            LOG.debug(
                    "[{}] {} {} → {}: {}",
                    request.id(),
                    request.method(),
                    request.path(),
                    known.status(),
                    known.detail());
        }
    }
}
