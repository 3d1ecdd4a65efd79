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
 * A response that isn't there yet: no thread waits for it.
 *
 * <pre>
 *   WAITING ── too long ──▶ HASTENED ── it has been told, and nothing came; or it takes a second to tell it ──▶ 503
 *      └───────────────────────┴── it is there ──▶ answered
 * </pre>
 */
final class PendingAnswer implements Answering {
    private static final Logger LOG = LoggerFactory.getLogger(PendingAnswer.class);
    private static final long HASTENING_MILLIS = 1_000;

    private final Exchange exchange;
    private final Connection connection;
    private final PendingPayload pending;
    private boolean late;
    // from other threads:
    private volatile Arrival arrival;
    private volatile boolean hastening;

    /** What it has become: one of both is null. */
    private record Arrival(Response<Payload> response, Throwable fault) {}

    PendingAnswer(Exchange exchange, PendingPayload pending) {
        this.exchange = exchange;
        this.connection = exchange.connection();
        this.pending = pending;
    }

    void begin() {
        connection.setDeadline(exchange.settings().pendingTimeout().toMillis());
        pending.response().whenComplete((later, fault) -> {
            arrival = new Arrival(later, fault);
            connection.wake();
        });
    }

    @Override
    public void onWake(Output output) {
        if (arrival != null) {
            arrived(output);
        } else if (late && !hastening) {
            tookTooLong(output);
        }
    }

    private void arrived(Output output) {
        Arrival there = arrival;
        connection.clearDeadline();
        if (there.response != null) {
            exchange.arrived(there.response, output);
        } else {
            exchange.failedLater(cause(there.fault), output);
        }
    }

    private static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    /** What can be there at once is answered when its wake comes; for anything else it is too late. */
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
        if (arrival != null) {
            arrived(output);
        } else {
            tookTooLong(output);
        }
    }

    private void hasten() {
        if (!hastening) {
            hastening = true;
            exchange.apart().run(this::hastenNow);
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
        LOG.warn(
                "[{}] No response within {}",
                exchange.request().id(),
                exchange.settings().pendingTimeout());
        giveUp("The answer took too long.", output);
    }

    private void giveUp(String detail, Output output) {
        cancel();
        connection.clearDeadline();
        exchange.refuse(Status.SERVICE_UNAVAILABLE, detail, output);
    }

    /** Nobody waits for the response any more. */
    private void cancel() {
        exchange.apart().run(pending::discard);
    }

    @Override
    public void onStopping(Output output) {
        hasten();
    }

    @Override
    public void onStopDeadline(Output output) {
        if (arrival != null) {
            arrived(output);
        } else {
            giveUp("The server is stopping.", output);
        }
    }

    @Override
    public void onClosed() {
        cancel();
    }
}
