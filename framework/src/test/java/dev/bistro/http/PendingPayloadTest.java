package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.spi.PendingPayload;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PendingPayloadTest {
    private static final Response<Payload> THERE = Response.ok(Payload.NONE);

    @Test
    void cancelsWhatItIsMadeOfAndSaysSo() {
        var told = new ArrayList<Throwable>();
        var stage = new CompletableFuture<String>();
        PendingPayload pending = PendingPayload.of(stage, (value, fault) -> {
                    told.add(fault);
                    return THERE;
                })
                .then((there, fault) -> {
                    told.add(fault);
                    return THERE;
                });
        ((Future<?>) pending.response()).cancel(true);
        assertTrue(stage.isCancelled());
        assertEquals(2, told.size());
        told.forEach(fault -> assertInstanceOf(CancellationException.class, fault));
    }

    @Test
    void hastensWhatItIsMadeOf() {
        var stage = new CompletableFuture<Response<Payload>>();
        PendingPayload pending = new PendingPayload(stage)
                .hastenedBy(() -> stage.complete(THERE))
                .then((there, fault) -> there);
        assertFalse(pending.response().toCompletableFuture().isDone());
        pending.hasten().run();
        assertSame(THERE, pending.response().toCompletableFuture().getNow(null));
    }
}
