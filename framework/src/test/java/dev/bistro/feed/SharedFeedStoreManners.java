package dev.bistro.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each store keeps that several instances share, whatever becomes of its server and of the connections to it. */
public abstract class SharedFeedStoreManners extends FeedStoreManners {
    /** How long an item is tried, usually. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The name of the feed. */
    protected static final String NAME = "said";

    /** The stores of an instance. */
    protected abstract FeedStores instance(Duration patience) throws Exception;

    /** The same, where so many answers to what is published are lost as this says at each time. */
    protected abstract FeedStores losingAnswers(AtomicInteger losses) throws Exception;

    /** Kills the server, and starts it again. */
    protected abstract void restart() throws Exception;

    /** Stops the server for a while: connections stay. */
    protected abstract void pause() throws Exception;

    /** Lets it go on. */
    protected abstract void resume() throws Exception;

    /** Ends the connections by which instances are told of items. */
    protected abstract void endReaders() throws Exception;

    /** Removes all that is stored. */
    protected abstract void removeAll() throws Exception;

    /** Brings back the state after the first item. */
    protected abstract void restoreFirst() throws Exception;

    /** Has what is stored look as if another server had made it. */
    protected abstract void moveElsewhere() throws Exception;

    @Override
    protected Feed<Said> feed(int history) throws Exception {
        return feed(instance(PATIENCE), history);
    }

    /** The feed of an instance. */
    protected Feed<Said> feed(FeedStores stores, int history) {
        return closing(Feed.create(FeedSettings.DEFAULTS.withHistory(history), stores.create(NAME, Said.class)));
    }

    @Test
    void losesNothingAndRepeatsNothingWhenTheServerIsKilled() throws Exception {
        assertOrder(this::restart);
    }

    @Test
    void losesNothingAndRepeatsNothingWhenConnectionsAreEnded() throws Exception {
        assertOrder(this::endReaders);
    }

    @Test
    void waitsForAServerThatIsSlow() throws Exception {
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        var client = new FollowedFeed<>(there, there.read(Feed.LATEST).next());
        publish(here, 0);
        List<CompletableFuture<FeedItem<Said>>> waiting;
        pause();
        try {
            waiting = IntStream.rangeClosed(1, 9)
                    .mapToObj(number -> here.publish(new Said(0, number)).toCompletableFuture())
                    .toList();
            assertFalse(waiting.stream().anyMatch(CompletableFuture::isDone));
        } finally {
            resume();
        }
        waiting.forEach(CompletableFuture::join);
        client.until(told -> told.items().size() >= 10);
        assertEquals(IntStream.rangeClosed(0, 9).boxed().toList(), numbers(client));
        assertEquals(0, client.resets());
    }

    @Test
    void keepsTheHistoryOverARestartOfTheApplication() throws Exception {
        Feed<Said> before = feed(5);
        String first = publish(before, 1);
        IntStream.rangeClosed(2, 9).forEach(number -> publish(before, number));
        String last = publish(before, 10);
        closeAll();
        Feed<Said> after = feed(5);
        assertEquals(List.of(6, 7, 8, 9, 10), numbers(after));
        assertTrue(after.read(first).reset());
        assertEquals(last, after.read(last).next());
        publish(after, 11);
        assertEquals(
                List.of(11),
                numbers(new FollowedFeed<>(after, last)
                        .until(client -> !client.items().isEmpty())));
    }

    // ---- resets

    /** Has a client told once that something is missing, and everybody who comes later. */
    protected void assertReset(Disturbance disturbance) throws Exception {
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        publish(here, 1);
        String place = publish(here, 2);
        var client =
                new FollowedFeed<>(there, Feed.START).until(told -> told.items().size() == 2);
        disturbance.happen();
        client.until(told -> told.resets() == 1);
        publish(here, 3);
        client.until(told -> numbers(told).contains(3));
        assertEquals(1, client.resets());
        assertTrue(feed(10).read(place).reset());
    }

    @Test
    void resetsWhenAllIsRemoved() throws Exception {
        assertReset(this::removeAll);
    }

    @Test
    void resetsWhenAnEarlierStateIsRestored() throws Exception {
        assertReset(this::restoreFirst);
    }

    @Test
    void resetsWhenTheNumberOfALostItemIsTakenByAnother() throws Exception {
        assertReset(() -> {
            restoreFirst();
            publish(feed(10), 9);
        });
    }

    @Test
    void resetsWhenItIsAnotherServer() throws Exception {
        Feed<Said> feed = feed(10);
        String place = publish(feed, 1);
        moveElsewhere();
        Feed<Said> after = feed(10);
        assertTrue(after.read(place).reset());
        assertEquals(1, after.read(Feed.START).items().size());
    }

    // ---- faults in between

    @Test
    void storesOnceWhatIsSentAgainSinceTheAnswerWasLost() throws Exception {
        var losses = new AtomicInteger();
        Feed<Said> feed = feed(losingAnswers(losses), 10);
        losses.set(2);
        publish(feed, 1);
        assertTrue(losses.get() <= 0, "no answer was lost");
        publish(feed, 2);
        assertEquals(
                List.of(1, 2),
                numbers(new FollowedFeed<>(feed, Feed.START)
                        .until(client -> client.items().size() >= 2)));
        assertEquals(List.of(1, 2), numbers(feed(10)));
    }

    @Test
    void readsAgainWhenItsConnectionIsEnded() throws Exception {
        Feed<Said> here = feed(10);
        Feed<Said> there = feed(10);
        var client = new FollowedFeed<>(there, there.read(Feed.LATEST).next());
        publish(here, 1);
        client.until(told -> told.items().size() == 1);
        endReaders();
        publish(here, 2);
        client.until(told -> told.items().size() == 2);
        assertEquals(0, client.resets());
        assertEquals(List.of(1, 2), numbers(client));
    }

    @Test
    void leavesOutTheItemThatCanNotBeRead() throws Exception {
        FeedStores stores = instance(PATIENCE);
        Feed<Said> feed = feed(stores, 10);
        Feed<String> another = closing(Feed.create(FeedSettings.DEFAULTS, stores.create(NAME, String.class)));
        publish(feed, 1);
        another.publish("no number").toCompletableFuture().join();
        publish(feed, 2);
        assertEquals(
                List.of(1, 2),
                numbers(new FollowedFeed<>(feed, Feed.START)
                        .until(client -> client.items().size() >= 2)));
    }
}
