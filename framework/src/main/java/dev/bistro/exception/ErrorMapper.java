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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a response of what was thrown. An {@code @ExceptionHandler} method of the application comes first. Without one,
 * an {@link HttpException} gives its status and text; for anything else, which is the server's fault, the client sees a
 * fixed text and the request's id, and the log has the id with the cause.
 */
public final class ErrorMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

    private final ErrorWriter writer;
    private final Optional<ErrorDetails> details;
    private final ExceptionTable handlers;
    private final Function<Throwable, Optional<HttpException>> faults;

    public ErrorMapper(ErrorWriter writer, Optional<ErrorDetails> details, ExceptionTable handlers) {
        this(writer, details, handlers, fault -> Optional.empty());
    }

    /** @param faults says of exceptions that no method of the application's answers what the client is told */
    public ErrorMapper(
            ErrorWriter writer,
            Optional<ErrorDetails> details,
            ExceptionTable handlers,
            Function<Throwable, Optional<HttpException>> faults) {
        this.faults = faults;
        this.writer = writer;
        this.details = details;
        this.handlers = handlers;
    }

    public Response<Payload> map(Request request, Throwable thrown) {
        if (request instanceof ServerRequest server && server.isTimedOut() && !(thrown instanceof Error)) {
            return tooLate(request, thrown);
        }
        Throwable fault = isBrokenOff(request, thrown) ? brokenOff(thrown) : thrown;
        request.setThrown(fault);
        return handlers.find(fault)
                .map(handler -> handled(request, fault, handler))
                .orElseGet(() -> translated(request, fault));
    }

    /** What is known to stand for an exception of a library is answered as if it had been thrown itself. */
    private Response<Payload> translated(Request request, Throwable fault) {
        Optional<HttpException> known = faults.apply(fault);
        return known.flatMap(handlers::find)
                .map(handler -> handled(request, known.get(), handler))
                .orElseGet(() ->
                        unhandled(request, known.<Throwable>map(one -> one).orElse(fault)));
    }

    /**
     * What code throws whose time is over says nothing, since it was interrupted, and nobody gets an answer of it: no
     * method of the application is asked, and the log has it for whoever looks for it.
     */
    private Response<Payload> tooLate(Request request, Throwable thrown) {
        request.setThrown(thrown);
        LOG.debug("[{}] {} {} has ended after its time", request.id(), request.method(), request.path(), thrown);
        return writer.write(
                request, new HttpException(Status.SERVICE_UNAVAILABLE, "The answer took too long."), List.of());
    }

    /**
     * Whether it comes from an upload that the client broke off. What code throws when it can't read on can't be
     * foreseen; but whether the request has told it so is known.
     */
    private static boolean isBrokenOff(Request request, Throwable thrown) {
        return request instanceof ServerRequest server
                && server.isBrokenOff()
                && !(thrown instanceof Error)
                && !(thrown instanceof HttpException known && known.status().code() < 500);
    }

    /** The fault of the client: it may have closed only its sending side, and still read. */
    private static HttpException brokenOff(Throwable thrown) {
        return new BodyBrokenOffException(thrown);
    }

    /** The client left before the end of its body: what the handler made of that says nothing. */
    private static final class BodyBrokenOffException extends BadRequestException {
        private static final long serialVersionUID = 1;

        BodyBrokenOffException(Throwable thrown) {
            super("The body didn't come in full");
            initCause(thrown);
        }

        /** Without a stack trace, since its cause has one. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
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

    /** The response; if it comes later and fails then, the error in its place. A cancellation is passed on. */
    private Response<Payload> orFailed(Request request, Response<Payload> response) {
        return response.body().orElse(Payload.NONE) instanceof PendingPayload pending
                ? response.withBody(pending.then((there, again) -> {
                    if (again instanceof CancellationException cancelled) {
                        throw cancelled;
                    }
                    return again == null ? there : unhandled(request, cause(again));
                }))
                : response;
    }

    /**
     * The answer where an exception handler threw. It may have turned the fault into one that a client may see;
     * anything else is a failure of its own. The first fault isn't added to the second as suppressed: the second may be
     * one object for all requests, and would keep the faults of all.
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
        if (status.code() >= 500 && !isRefusal(fault)) {
            LOG.error("[{}] {} {} → {}", request.id(), request.method(), request.path(), status, fault);
        } else if (fault.getCause() != null && !(fault instanceof BodyBrokenOffException)) {
            LOG.debug("[{}] {} {} → {}", request.id(), request.method(), request.path(), status, fault);
        } else {
            LOG.debug("[{}] {} {} → {}: {}", request.id(), request.method(), request.path(), status, fault.toString());
        }
    }

    /** Whether a client is only to come again later: there may be many of these, and none is a fault. */
    private static boolean isRefusal(Throwable fault) {
        return fault instanceof HttpException known
                && known.status().equals(Status.SERVICE_UNAVAILABLE)
                && known.getCause() == null
                && known.headers().first("Retry-After").isPresent();
    }

    /** The cause with which a stage failed, without the exceptions that wrap it. */
    public static Throwable cause(Throwable fault) {
        Throwable cause = fault;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
