package dev.bistro.limit;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.ServerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request with a limited time.
 *
 * <pre>
 *   RUN ── returned a response ────────────────────────────▶ BODY, if it is made piece by piece ── complete ──▶ OVER
 *    └──── returned a pending one ──▶ STAGE ── completed ─────▲
 *
 *   too late in RUN:    503; the thread is interrupted, and what it returns is discarded
 *            in STAGE:  hastened; if it has nothing, 503, and it is cancelled
 *            in BODY:   before the first piece 503; otherwise the thread that makes it is interrupted, and the
 *                       connection broken off
 * </pre>
 *
 * <p>The answer is a future, which the first of them completes. For any thread.
 */
final class TimedRun {
    private static final Logger LOG = LoggerFactory.getLogger(TimedRun.class);

    /** What has been interrupted has this time to end, where the connection can't be used until it has. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TimedTarget timed;
    private final ServerRequest request;
    private final InterruptFence fence = new InterruptFence();
    private final CompletableFuture<Response<Payload>> answer = new CompletableFuture<>();
    private Runnable cancelTimer;
    // guarded by this
    private PendingPayload stage;
    private boolean isUnwanted;
    private boolean isOver;
    private boolean hasPieces;

    TimedRun(TimedTarget timed, ServerRequest request) {
        this.timed = timed;
        this.request = request;
    }

    // ---- running

    /** Runs it on a thread of its own; the answer comes later. */
    Response<Payload> apart() {
        begin(false);
        try {
            request.execute(this::run);
        } catch (RejectedExecutionException none) {
            end();
            return refusal("The server has too much to do.");
        }
        return later();
    }

    /** Runs it on this thread, which reads the body from the connection. */
    Response<Payload> here() {
        begin(true);
        run();
        if (!answer.isDone()) {
            return later();
        }
        try {
            return answer.join();
        } catch (CompletionException fault) {
            if (fault.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("The application failed", fault.getCause());
        }
    }

    private void begin(boolean here) {
        answer.whenComplete((response, fault) -> {
            if (answer.isCancelled()) {
                dropStage(); // the client has gone
            }
        });
        cancelTimer = timed.timer().after(timed.time(), () -> expire(here));
    }

    private Response<Payload> later() {
        return Response.of(Status.OK, Headers.empty(), new PendingPayload(answer, this::hasten));
    }

    private void run() {
        if (!fence.enter()) {
            return; // no thread was free in time
        }
        Response<Payload> response;
        try {
            response = timed.target().answer(request);
        } catch (RuntimeException | Error fault) {
            fail(fault);
            return;
        } finally {
            fence.leave();
        }
        settle(response);
    }

    private void settle(Response<Payload> response) {
        Payload payload = response.body().orElse(Payload.NONE);
        if (payload instanceof PendingPayload pending) {
            boolean isLate;
            synchronized (this) {
                stage = pending;
                isLate = isUnwanted;
            }
            pending.response().whenComplete((there, fault) -> {
                if (fault == null) {
                    settle(there);
                } else {
                    fail(fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
                }
            });
            if (isLate) {
                pending.discard();
            }
            return;
        }
        Response<Payload> whole = timed(response, payload);
        if (!answer.complete(whole)) {
            whole.body().ifPresent(Payload::discard); // the client was told something else
        }
    }

    private Response<Payload> timed(Response<Payload> response, Payload payload) {
        if (payload instanceof StreamPayload stream) {
            return response.withBody(new StreamPayload(new TimedStream(stream.writer(), this), stream.length()));
        }
        if (payload instanceof PulledPayload pulled) {
            return response.withBody(new PulledPayload(new TimedPulled(pulled.body(), this), pulled.length()));
        }
        end();
        return response;
    }

    private void fail(Throwable fault) {
        end();
        answer.completeExceptionally(fault);
    }

    private void hasten() {
        PendingPayload waiting;
        synchronized (this) {
            waiting = stage;
        }
        if (waiting != null) {
            waiting.hasten().run();
        }
    }

    /** Cancels what the answer is made of, now or when it is known. */
    private void dropStage() {
        PendingPayload waiting;
        synchronized (this) {
            isUnwanted = true;
            waiting = stage;
        }
        if (waiting != null) {
            waiting.discard();
        }
    }

    // ---- for bodies

    /**
     * Begins with the code that makes a piece of the body, or all of it.
     *
     * @throws HttpException if it is too late: 503, which is sent if nothing of the answer has been
     */
    void enter() {
        if (!fence.enter()) {
            throw tooLate();
        }
    }

    /** Ends what {@link #enter} began; what the code has thrown because it was interrupted is no fault. */
    void leave(boolean failed) {
        fence.leave();
        if (failed && fence.isInterrupted()) {
            throw tooLate();
        }
        synchronized (this) {
            hasPieces = true;
        }
    }

    /** The body is complete, or isn't sent. */
    void end() {
        synchronized (this) {
            isOver = true;
        }
        cancelTimer.run();
    }

    private synchronized boolean isOver() {
        return isOver;
    }

    private synchronized boolean hasPieces() {
        return hasPieces;
    }

    // ---- when the time is over

    private void expire(boolean here) {
        if (isOver()) {
            return;
        }
        try {
            hasten();
        } catch (RuntimeException | Error fault) {
            LOG.error("[{}] An answer failed when it was hastened", request.id(), fault);
        }
        if (isOver()) {
            return;
        }
        LOG.warn("[{}] It took longer than {}", request.id(), timed.time());
        request.setTimedOut(); // first, since the interrupt has the code throw something at once
        boolean wasWaiting = answer.complete(refusal("The answer took too long."));
        fence.interrupt();
        if (wasWaiting) {
            dropStageApart();
        }
        if (!wasWaiting || here) {
            breakOffIfNeeded();
        }
    }

    /** Its code may take any time. */
    private void dropStageApart() {
        try {
            request.execute(this::dropStage);
        } catch (RejectedExecutionException none) {
            dropStage();
        }
    }

    /** Where code of the application has the connection's thread, or nobody has a thread, only this ends it. */
    private void breakOffIfNeeded() {
        if (fence.isInside()) {
            timed.timer().after(GRACE, () -> {
                if (fence.isInside()) {
                    request.breakOff();
                }
            });
        } else if (hasPieces()) {
            request.breakOff();
        }
    }

    private Response<Payload> refusal(String detail) {
        return timed.refusals().apply(request, new HttpException(Status.SERVICE_UNAVAILABLE, detail));
    }

    private static HttpException tooLate() {
        return new HttpException(Status.SERVICE_UNAVAILABLE, "The answer took too long.");
    }
}
