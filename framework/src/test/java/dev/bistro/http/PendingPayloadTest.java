package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingPayloadTest {
    private static final Response<Payload> THERE = Response.ok(Payload.NONE);

    @Test
    void cancelsWhatItIsMadeOfAndMakesNothingThen() {
        var made = new AtomicInteger();
        var stage = new CompletableFuture<String>();
        Payload.Pending pending = Payload.Pending.of(stage, (value, fault) -> {
                    made.incrementAndGet();
                    return THERE;
                })
                .then((there, fault) -> {
                    made.incrementAndGet();
                    return there;
                });
        ((Future<?>) pending.response()).cancel(true);
        assertTrue(stage.isCancelled());
        assertEquals(0, made.get());
    }

    @Test
    void hastensWhatItIsMadeOf() {
        var stage = new CompletableFuture<Response<Payload>>();
        Payload.Pending pending = new Payload.Pending(stage)
                .hastenedBy(() -> stage.complete(THERE))
                .then((there, fault) -> there);
        assertFalse(pending.response().toCompletableFuture().isDone());
        pending.hasten().run();
        assertSame(THERE, pending.response().toCompletableFuture().getNow(null));
    }
}
