package dev.bistro.exception;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.result.ErrorWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what was thrown to a response. If a method of the application's answers for it, that is the answer. Otherwise a client's fault is an {@link HttpException}; anything
 * else is ours: the client sees a fixed text and the request's id, and the log has the id with the cause.
 */
public final class ErrorMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    private final ErrorWriter writer;
    private final Optional<ErrorDetails> details;
    private final ExceptionTable handlers;

    public ErrorMapper(ErrorWriter writer, Optional<ErrorDetails> details, ExceptionTable handlers) {
        this.writer = writer;
        this.details = details;
        this.handlers = handlers;
    }

    public Response<Payload> map(Request request, Throwable thrown) {
        Throwable fault = isBrokenOff(request, thrown) ? brokenOff(thrown) : thrown;
        request.setThrown(fault);
        return handlers.find(fault)
                .map(handler -> handled(request, fault, handler))
                .orElseGet(() -> unhandled(request, fault));
    }

    /**
     * Whether it comes of an upload that the client broke off. What code makes of the failure to read on, nobody can
     * foresee; that it was told so, is known.
     */
    private static boolean isBrokenOff(Request request, Throwable thrown) {
        return request instanceof ServerRequest server
                && server.isBrokenOff()
                && !(thrown instanceof Error)
                && !(thrown instanceof HttpException known && known.status().code() < 500);
    }

    /** A client that only said that nothing more comes may still read. */
    private static HttpException brokenOff(Throwable thrown) {
        var fault = new BadRequestException("The body didn't come in full");
        fault.initCause(thrown);
        return fault;
    }

    private Response<Payload> handled(Request request, Throwable fault, ExceptionMethod handler) {
        try {
            Response<Payload> response = handler.answer(request, fault);
            log(request, response.status(), fault);
            return orFailed(request, response);
        } catch (Throwable again) {
            return failedAgain(request, fault, again);
        }
    }

    /** A response that isn't there yet may still fail, or be unwanted. */
    private Response<Payload> orFailed(Request request, Response<Payload> response) {
        return response.body().orElse(Payload.NONE) instanceof PendingPayload pending
                ? response.withBody(pending.then((there, again) -> {
                    if (again instanceof CancellationException unwanted) {
                        throw unwanted;
                    }
                    return again == null ? there : unhandled(request, cause(again));
                }))
                : response;
    }

    /**
     * A handler may turn what it got into what a client may know; anything else that it throws is a failure of its own.
     * The first isn't added to the second, which may be one exception for all requests: it would keep those of all.
     */
    private Response<Payload> failedAgain(Request request, Throwable fault, Throwable again) {
        if (again == fault) {
            return unhandled(request, fault);
        }
        if (!(again instanceof HttpException known) || known.status().code() >= 500) {
            LOG.error("[{}] A method for exceptions failed, which was to answer for this one", request.id(), fault);
        }
        return unhandled(request, again, Optional.of(fault));
    }

    private Response<Payload> unhandled(Request request, Throwable fault) {
        return unhandled(request, fault, Optional.empty());
    }

    private Response<Payload> unhandled(Request request, Throwable fault, Optional<Throwable> first) {
        List<String> hints =
                details.map(known -> known.about(request, fault, first)).orElse(List.of());
        if (fault instanceof HttpException known) {
            log(request, known.status(), known);
            return writer.write(request, known, hints);
        }
        log(request, Status.INTERNAL_SERVER_ERROR, fault);
        return writer.write(request, new HttpException(Status.INTERNAL_SERVER_ERROR, "The server failed."), hints);
    }

    private static void log(Request request, Status status, Throwable fault) {
        if (status.code() >= 500) {
            LOG.error("[{}] {} {} → {}", request.id(), request.method(), request.path(), status, fault);
        } else {
            LOG.debug("[{}] {} {} → {}: {}", request.id(), request.method(), request.path(), status, fault.toString());
        }
    }

    /** What a stage failed with, without what it was wrapped in. */
    public static Throwable cause(Throwable fault) {
        Throwable cause = fault;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
