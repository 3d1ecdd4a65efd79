package dev.bistro.http1;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.net.Connection;
import dev.bistro.net.Output;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that the application hasn't completed yet; no thread waits for it. One that isn't there in time is
 * hastened: the application may complete it with what it has.
 *
 * <pre>
 *   WAITING ── pendingTimeout ──▶ HASTENED ── the application was asked and has nothing, or a second passed ──▶ 503
 *      └──────────────────────────────┴── completed ──▶ answered
 * </pre>
 */
final class PendingAnswer implements AsyncAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(PendingAnswer.class);
    private static final long HASTENING_MILLIS = 1_000;

    private final Exchange exchange;
    private final Connection connection;
    private final PendingPayload pending;
    private boolean late;
    // from other threads:
    private volatile Completion completion;
    private volatile boolean hastening;

    /** The response or the fault with which it was completed; the other one is null. */
    private record Completion(Response<Payload> response, Throwable fault) {}

    PendingAnswer(Exchange exchange, PendingPayload pending) {
        this.exchange = exchange;
        this.connection = exchange.connection();
        this.pending = pending;
    }

    void begin() {
        connection.setDeadline(exchange.pendingTimeout().toMillis());
        pending.response().whenComplete((later, fault) -> {
            completion = new Completion(later, fault);
            connection.wake();
        });
    }

    @Override
    public void onWake(Output output) {
        if (completion != null) {
            deliver(output);
        } else if (late && !hastening) {
            tookTooLong(output);
        }
    }

    private void deliver(Output output) {
        Completion there = completion;
        connection.clearDeadline();
        if (there.response != null) {
            exchange.onResponse(there.response, output);
        } else {
            exchange.onFailure(cause(there.fault), output);
        }
    }

    private static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    /** Hastens the response when the timeout has passed, and a second later gives it up. */
    @Override
    public void onDeadline(Output output) {
        if (late) {
            onTimeUp(output);
        } else {
            late = true;
            connection.setDeadline(HASTENING_MILLIS);
            hasten();
        }
    }

    private void onTimeUp(Output output) {
        if (completion != null) {
            deliver(output);
        } else {
            tookTooLong(output);
        }
    }

    private void hasten() {
        if (!hastening) {
            hastening = true;
            exchange.callbacks().run(this::hastenNow);
        }
    }

    private void hastenNow() {
        try {
            pending.hasten().run();
        } finally {
            hastening = false;
            connection.wake();
        }
    }

    private void tookTooLong(Output output) {
        LOG.warn("[{}] No response within {}", exchange.request().id(), exchange.pendingTimeout());
        giveUp("The answer took too long.", output);
    }

    private void giveUp(String detail, Output output) {
        cancel();
        connection.clearDeadline();
        exchange.refuse(Status.SERVICE_UNAVAILABLE, detail, output);
    }

    /** Tells the application that nobody waits for the response any more. */
    private void cancel() {
        exchange.callbacks().run(pending::discard);
    }

    @Override
    public void onStopping(Output output) {
        hasten();
    }

    @Override
    public void onStopDeadline(Output output) {
        if (completion != null) {
            deliver(output);
        } else {
            giveUp("The server is stopping.", output);
        }
    }

    @Override
    public void onClosed() {
        cancel();
    }
}
