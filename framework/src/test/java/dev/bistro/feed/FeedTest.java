package dev.bistro.feed;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FeedTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private static Feed<Integer> feed(int history, int... published) {
        Feed<Integer> feed = Feed.create(FeedSettings.DEFAULTS.withHistory(history));
        for (int number : published) {
            feed.publish(number);
        }
        return feed;
    }

    private static <T> List<T> data(FeedPage<T> page) {
        return page.items().stream().map(FeedItem::data).toList();
    }

    private static String publish(Feed<Integer> feed, int number) {
        return feed.publish(number).toCompletableFuture().join().id();
    }

    // ---- the history

    @Test
    void givesWhatIsKeptInOrder() {
        Feed<Integer> feed = feed(3, 1, 2, 3, 4);
        FeedPage<Integer> page = feed.read(Feed.START);
        assertEquals(List.of(2, 3, 4), data(page));
        assertFalse(page.reset());
        assertEquals(page.items().get(2).id(), page.next());
    }

    @Test
    void readsOnAfterAnId() {
        Feed<Integer> feed = feed(10);
        String first = publish(feed, 1);
        String second = publish(feed, 2);
        assertEquals(List.of(2), data(feed.read(first)));
        assertEquals(new FeedPage<>(List.of(), second, false), feed.read(second));
        String empty = feed(10).read(Feed.START).next();
        assertTrue(FeedId.parse(empty).isPresent(), empty);
    }

    @Test
    void knowsWhatCameAfterTheIdThatLeftLast() {
        Feed<Integer> feed = feed(2);
        String first = publish(feed, 1);
        String second = publish(feed, 2);
        publish(feed, 3);
        publish(feed, 4);
        assertEquals(List.of(3, 4), data(feed.read(second)));
        assertFalse(feed.read(second).reset());
        assertEquals(List.of(3, 4), data(feed.read(first)));
        assertTrue(feed.read(first).reset());
    }

    @Test
    void resetsAnIdOfAnotherLife() {
        String old = publish(feed(10), 1);
        Feed<Integer> feed = feed(10);
        assertTrue(feed.read(old).reset());
        publish(feed, 7);
        assertEquals(List.of(7), data(feed.read(old)));
        assertTrue(feed.read(old).reset());
        assertFalse(feed.read(feed.read(old).next()).reset());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "17", "a.b", "a.1-", "a.-1", ".1", "a.1\n", "a.9999999999999999999", "LATEST"})
    void resetsWhatIsNoId(String since) {
        assertTrue(feed(10, 1).read(since).reset());
    }

    @Test
    void beginsAfterTheNewestItemWhereThatIsAsked() {
        Feed<Integer> feed = feed(10, 1, 2);
        FeedPage<Integer> page = feed.read(Feed.LATEST);
        assertFalse(page.hasChanges());
        publish(feed, 3);
        assertEquals(List.of(3), data(feed.read(page.next())));
    }

    @Test
    void writesIdsAsTheyAreRead() {
        for (String text : List.of("k3.0", "k3.17", "k3.1526919030474-55")) {
            assertEquals(text, FeedId.parse(text).orElseThrow().toString());
        }
        assertTrue(new FeedId("a", 2, 0).isAfter(new FeedId("a", 1, 9)));
        assertTrue(new FeedId("a", 1, 10).isAfter(new FeedId("a", 1, 9)));
        assertFalse(new FeedId("a", 1, 9).isAfter(new FeedId("a", 1, 9)));
        assertThrows(IllegalArgumentException.class, () -> new FeedId("a.b", 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new FeedId("a", -1, 1));
    }

    @Test
    void namesEvents() {
        Feed<Integer> feed = feed(10, 1);
        feed.publish("joined", 2);
        assertEquals(
                List.of("message", "joined"),
                feed.read(Feed.START).items().stream().map(FeedItem::event).toList());
        for (String bad : List.of("", "reset", "a\nb", "a\rb", "a\0")) {
            assertThrows(IllegalArgumentException.class, () -> feed.publish(bad, 3));
        }
    }

    // ---- waiting

    @Test
    void answersAtOnceWhereThereIsSomething() {
        Feed<Integer> feed = feed(10, 1);
        assertEquals(List.of(1), data(feed.await(Feed.START, LONG).getNow(null)));
        assertTrue(feed.await("x", LONG).getNow(null).reset());
    }

    @Test
    void waitsForWhatIsPublished() {
        Feed<Integer> feed = feed(10, 1);
        CompletableFuture<FeedPage<Integer>> one = feed.await(Feed.LATEST, LONG);
        CompletableFuture<FeedPage<Integer>> other = feed.await(Feed.LATEST, LONG);
        assertFalse(one.isDone());
        assertEquals(2, feed.followers());
        publish(feed, 2);
        assertEquals(List.of(2), data(one.getNow(null)));
        assertSame(one.join(), other.join(), "those who wait at the same place get the same page");
        assertEquals(0, feed.followers());
    }

    @Test
    void givesAnEmptyPageWhenTheTimeIsOver() {
        Feed<Integer> feed = feed(10);
        String last = publish(feed, 1);
        assertEquals(
                new FeedPage<>(List.of(), last, false),
                feed.await(last, Duration.ofMillis(1)).join());
        Feed<Integer> hasty = Feed.create(FeedSettings.DEFAULTS.withMaxWait(Duration.ofMillis(1)));
        assertFalse(hasty.await(Feed.START, Duration.ofDays(1)).join().hasChanges());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> awaitNobody(feed, hasty));
    }

    /** The thread that ends the wait lets go of who waited after it has given the page. */
    private static void awaitNobody(Feed<?> one, Feed<?> other) {
        Await.until(() -> one.followers() + other.followers() == 0);
    }

    @Test
    void forgetsWhoDoesNotWaitAnyMore() {
        Feed<Integer> feed = feed(10);
        CompletableFuture<?> waiting = feed.await(Feed.START, LONG);
        waiting.cancel(true);
        assertEquals(0, feed.followers());
    }

    @Test
    void losesNothingBetweenLookingAndWaiting() throws Exception {
        int count = 20_000;
        Feed<Integer> feed = feed(count);
        var publisher = new Thread(() -> IntStream.range(0, count).forEach(feed::publish));
        publisher.start();
        var got = new ArrayList<Integer>();
        String since = Feed.START;
        while (got.size() < count) {
            FeedPage<Integer> page = feed.await(since, LONG).get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertTrue(page.hasChanges());
            got.addAll(data(page));
            since = page.next();
        }
        assertEquals(IntStream.range(0, count).boxed().toList(), got);
        publisher.join();
    }

    // ---- following

    private static final FeedEncoder<Integer> TEXT = new FeedEncoder<>() {
        @Override
        public byte[] item(FeedItem<Integer> item) {
            return item.data().toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] reset(String id) {
            return "reset".getBytes(StandardCharsets.US_ASCII);
        }
    };

    private static String next(FeedCursor<Integer> cursor) {
        return new String(cursor.next(TEXT), StandardCharsets.US_ASCII);
    }

    @Test
    void followsAtItsOwnPace() {
        Feed<Integer> feed = feed(3, 1);
        var wakes = new AtomicInteger();
        FeedCursor<Integer> cursor = feed.follow(Feed.START, wakes::incrementAndGet);
        assertEquals("1", next(cursor));
        assertEquals("", next(cursor));
        publish(feed, 2);
        publish(feed, 3);
        assertEquals(2, wakes.get());
        assertEquals("2", next(cursor));
        assertEquals(List.of(3), data(cursor.next()));
        assertFalse(cursor.next().hasChanges());
        cursor.close();
        publish(feed, 4);
        assertEquals(2, wakes.get());
    }

    @Test
    void tellsOneThatIsLeftBehind() {
        Feed<Integer> feed = feed(2, 1);
        FeedCursor<Integer> cursor = feed.follow(Feed.START, () -> {});
        FeedCursor<Integer> pages = feed.follow(Feed.START, () -> {});
        assertEquals("1", next(cursor));
        for (int number = 2; number <= 5; number++) {
            publish(feed, number);
        }
        assertEquals(List.of("reset", "4", "5", ""), List.of(next(cursor), next(cursor), next(cursor), next(cursor)));
        FeedPage<Integer> page = pages.next();
        assertTrue(page.reset());
        assertEquals(List.of(4, 5), data(page));
        assertFalse(pages.next().hasChanges());
    }

    @Test
    void makesBytesOfAnItemOnce() {
        Feed<Integer> feed = feed(2, 1);
        byte[] bytes = feed.follow(Feed.START, () -> {}).next(TEXT);
        assertSame(bytes, feed.follow(Feed.START, () -> {}).next(TEXT));
    }

    @Test
    void wakesOthersAlsoWhereOneFails() {
        Feed<Integer> feed = feed(2);
        var woken = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            feed.follow(Feed.START, woken::incrementAndGet);
        }
        feed.follow(Feed.START, () -> {
            throw new IllegalStateException("on purpose");
        });
        assertThrows(IllegalStateException.class, () -> feed.publish(1));
        assertEquals(10, woken.get());
    }

    @Test
    void keepsOneOrderForAllWhenManyPublish() throws Exception {
        int publishers = 4;
        int each = 5_000;
        Feed<Integer> feed = feed(publishers * each);
        var woken = new Semaphore(0);
        var threads = new ArrayList<Thread>();
        try (FeedCursor<Integer> cursor = feed.follow(Feed.START, woken::release)) {
            for (int i = 0; i < publishers; i++) {
                int number = i;
                threads.add(new Thread(() -> IntStream.range(0, each).forEach(n -> feed.publish(number * each + n))));
            }
            threads.forEach(Thread::start);
            var got = new ArrayList<Integer>();
            while (got.size() < publishers * each) {
                assertTrue(woken.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS));
                got.addAll(data(cursor.next()));
            }
            assertEquals(got, data(feed.read(Feed.START)));
            for (int i = 0; i < publishers; i++) {
                int number = i;
                assertEquals(
                        IntStream.range(number * each, (number + 1) * each)
                                .boxed()
                                .toList(),
                        got.stream().filter(n -> n / each == number).toList());
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    // ---- the end

    @Test
    void endsForAllWhenItIsClosed() {
        Feed<Integer> feed = feed(10, 1);
        CompletableFuture<FeedPage<Integer>> waiting = feed.await(Feed.LATEST, LONG);
        var woken = new CountDownLatch(1);
        FeedCursor<Integer> cursor = feed.follow(Feed.START, woken::countDown);
        assertFalse(cursor.isComplete());
        feed.close();
        assertFalse(waiting.getNow(null).hasChanges());
        assertEquals(0, woken.getCount());
        assertEquals("1", next(cursor));
        assertTrue(cursor.isComplete());
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> feed.publish(2).toCompletableFuture().join());
        assertEquals("The feed is closed", refused.getCause().getMessage());
        assertTrue(feed.await(Feed.LATEST, LONG).isDone());
    }

    // ---- a store that isn't in memory

    /** Appends later, when the test says so. */
    private static final class LaterStore implements FeedStore<Integer> {
        private Follower<Integer> follower;
        private long last;

        @Override
        public void open(int history, Follower<Integer> whom) {
            follower = whom;
        }

        @Override
        public CompletionStage<FeedId> append(String event, Integer data) {
            return new CompletableFuture<>();
        }

        String tell(int number) {
            var id = new FeedId("e", 1_000, ++last);
            follower.appended(id, Feed.MESSAGE, number);
            follower.wake();
            return id.toString();
        }

        @Override
        public void close() {}
    }

    @Test
    void followsAStoreThatIsSlow() {
        var store = new LaterStore();
        Feed<Integer> feed = Feed.create(FeedSettings.DEFAULTS, store);
        CompletableFuture<FeedPage<Integer>> early = feed.await(Feed.START, LONG);
        assertFalse(feed.publish(1).toCompletableFuture().isDone());
        store.follower.begins(new FeedId("e", 0, 0));
        store.tell(1);
        assertEquals(List.of(1), data(early.getNow(null)));
        assertEquals(List.of(1), data(feed.read(Feed.START)));
    }

    @Test
    void resetsAllWhenTheStoreMayHaveMissedSomething() {
        var store = new LaterStore();
        Feed<Integer> feed = Feed.create(FeedSettings.DEFAULTS, store);
        store.follower.begins(new FeedId("e", 0, 0));
        String last = store.tell(1);
        FeedCursor<Integer> cursor = feed.follow(last, () -> {});
        store.follower.begins(new FeedId("e", 2_000, 0));
        assertEquals(List.of("reset", ""), List.of(next(cursor), next(cursor)));
        assertTrue(feed.read(last).reset());
    }

    @Test
    void passesOverWhatTheClientHadFromAnotherServer() {
        var store = new LaterStore();
        Feed<Integer> feed = Feed.create(FeedSettings.DEFAULTS, store);
        store.follower.begins(new FeedId("e", 0, 0));
        String ahead = new FeedId("e", 1_000, 2).toString();
        FeedCursor<Integer> cursor = feed.follow(ahead, () -> {});
        CompletableFuture<FeedPage<Integer>> waiting = feed.await(ahead, LONG);
        store.tell(1);
        store.tell(2);
        assertEquals("", next(cursor));
        assertFalse(waiting.isDone());
        assertEquals(ahead, feed.read(ahead).next());
        store.tell(3);
        assertEquals("3", next(cursor));
        assertEquals(List.of(3), data(waiting.getNow(null)));
    }

    // ---- feeds by key

    @Test
    void makesFeedsByKey() {
        Feeds<Integer> feeds = Feeds.create(2, key -> feed(10));
        assertTrue(feeds.find("a").isEmpty());
        Feed<Integer> a = feeds.open("a").orElseThrow();
        assertSame(a, feeds.open("a").orElseThrow());
        assertSame(a, feeds.find("a").orElseThrow());
        assertNotEquals(a, feeds.open("b").orElseThrow());
        assertEquals(2, feeds.size());
    }

    @Test
    void closesTheFeedThatNobodyFollowsForANewOne() {
        Feeds<Integer> feeds = Feeds.create(2, key -> feed(10));
        Feed<Integer> a = feeds.open("a").orElseThrow();
        Feed<Integer> b = feeds.open("b").orElseThrow();
        FeedCursor<Integer> follower = a.follow(Feed.START, () -> {});
        feeds.open("c").orElseThrow();
        assertTrue(b.isClosed());
        assertSame(a, feeds.open("a").orElseThrow());
        feeds.find("c").orElseThrow().follow(Feed.START, () -> {});
        assertTrue(feeds.open("d").isEmpty());
        follower.close();
        assertTrue(feeds.open("d").isPresent());
        assertTrue(a.isClosed());
        feeds.close();
        assertTrue(feeds.open("a").isEmpty());
    }

    @Test
    void closesAnEmptyFeedBeforeOneThatHasSomethingToTell() {
        Feeds<Integer> feeds = Feeds.create(2, key -> feed(10));
        Feed<Integer> told = feeds.open("told").orElseThrow();
        publish(told, 1);
        for (int i = 0; i < 10; i++) {
            feeds.open("empty" + i).orElseThrow();
        }
        assertSame(told, feeds.find("told").orElseThrow());
        publish(feeds.open("new").orElseThrow(), 2);
        feeds.open("newer").orElseThrow();
        assertTrue(feeds.find("told").isEmpty(), "where all have something, it is the one that was used longest ago");
    }

    @Test
    void makesAFeedThatIsSlowWhileOthersAreUsed() throws Exception {
        var isAsked = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        Feeds<Integer> feeds = Feeds.create(2, key -> {
            if (key.equals("slow")) {
                isAsked.countDown();
                assertDoesNotThrow(() -> mayGoOn.await());
            }
            return feed(10);
        });
        Feed<Integer> known = feeds.open("known").orElseThrow();
        Executor threads = task -> new Thread(task).start(); // the common pool may have a single one
        CompletableFuture<Feed<Integer>> slow =
                CompletableFuture.supplyAsync(() -> feeds.open("slow").orElseThrow(), threads);
        isAsked.await();
        CompletableFuture<Feed<Integer>> other =
                CompletableFuture.supplyAsync(() -> feeds.open("known").orElseThrow(), threads);
        try {
            assertSame(known, other.get(10, TimeUnit.SECONDS));
            assertTrue(feeds.find("slow").isEmpty());
            feeds.close();
        } finally {
            mayGoOn.countDown();
        }
        assertTrue(slow.join().isClosed(), "it was closed while it was created");
    }

    @Test
    void asksAgainForAFeedThatCouldNotBeMade() {
        var asked = new AtomicInteger();
        Feeds<Integer> feeds = Feeds.create(1, key -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalArgumentException("not now");
            }
            return feed(10);
        });
        assertThrows(IllegalArgumentException.class, () -> feeds.open("a"));
        assertEquals(0, feeds.size());
        assertTrue(feeds.open("a").isPresent());
    }
}
