package dev.bistro.feed.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.feed.FeedId;
import dev.bistro.http.HttpException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever publishes is told, whatever the store does. */
class PublisherTest {
    private static final FeedId ID = new FeedId("epoch", 1, 0);

    /** Sends by a function. */
    @FunctionalInterface
    private interface Attempt {
        FeedId send() throws Exception;
    }

    private static Sender sender(Attempt attempt) {
        return new Sender() {
            @Override
            public List<FeedId> send(String feed, List<Publication> publications, boolean isRepeated) throws Exception {
                return List.of(attempt.send());
            }

            @Override
            public boolean isFinal(Exception fault) {
                return false;
            }
        };
    }

    @Test
    void refusesInTimeWhereTheStoreSaysNothing() throws Exception {
        var mayGoOn = new CountDownLatch(1);
        Sender silent = sender(() -> {
            mayGoOn.await();
            return ID;
        });
        try (var publisher = new Publisher("publisher", silent, Duration.ofMillis(1))) {
            var fault = assertThrows(
                    ExecutionException.class,
                    () -> publisher
                            .publish("feed", "message", "1")
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS));
            assertEquals(503, ((HttpException) fault.getCause()).status().code());
            mayGoOn.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, NoClassDefFoundError.class, IllegalStateException.class})
    void triesAgainWhateverGoesWrong(Class<? extends Throwable> kind) throws Exception {
        var attempts = new AtomicInteger();
        Sender failing = sender(() -> {
            if (attempts.incrementAndGet() > 1) {
                return ID;
            }
            if (kind == IllegalStateException.class) {
                throw new IllegalStateException("once");
            }
            throw (Error) kind.getConstructor(String.class).newInstance("once");
        });
        try (var publisher = new Publisher("publisher", failing, Duration.ofSeconds(30))) {
            assertEquals(
                    ID,
                    publisher
                            .publish("feed", "message", "1")
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000", "a\n", "a\u0085", "a\ud800", "\udc00a"})
    void refusesNamesThatStoresCanNotKeep(String name) {
        try (var publisher = new Publisher("publisher", sender(() -> ID), Duration.ofSeconds(30))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new SharedFeedStore<>(name, String.class, null, publisher, null));
        }
    }
}
