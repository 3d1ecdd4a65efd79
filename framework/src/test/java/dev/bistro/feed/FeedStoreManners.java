package dev.bistro.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.JsonValues;
import dev.bistro.feed.store.ItemCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each store of feeds keeps: nothing is lost, nothing comes twice, and all see the same order. */
@Timeout(60)
public abstract class FeedStoreManners {
    private static final int PUBLISHERS = 4;
    private static final int EACH = 250;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** An item, by whom it was published, and as which of theirs. */
    public record Said(int publisher, int number) {}

    /** The feed, of an instance of its own where several can have it. */
    protected abstract Feed<Said> feed(int history) throws Exception;

    /** Closes it after the test, in the reverse order. */
    protected <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    /** Closes all that is open. */
    @AfterEach
    protected void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }

    /** JSON as applications have it. */
    protected static ItemCodec codec() {
        var values = new JsonValues(new ApplicationJson());
        return new ItemCodec() {
            @Override
            public <T> String write(T data, Class<T> type) {
                return values.write(data, type);
            }

            @Override
            public <T> T read(String json, Class<T> type) {
                return values.read(json, type);
            }
        };
    }

    /** Publishes an item, waits until it is stored, and gives its id. */
    protected static String publish(Feed<Said> feed, int number) {
        return feed.publish(new Said(0, number)).toCompletableFuture().join().id();
    }

    /** The numbers of the items that a client was told. */
    protected static List<Integer> numbers(FollowedFeed<Said> client) {
        return client.items().stream().map(Said::number).toList();
    }

    /** The numbers of the items in a feed's history. */
    protected static List<Integer> numbers(Feed<Said> feed) {
        return feed.read(Feed.START).items().stream()
                .map(item -> item.data().number())
                .toList();
    }

    /** Something that happens while items are published. */
    @FunctionalInterface
    protected interface Disturbance {
        void happen() throws Exception;
    }

    /** Publishes by several threads and two instances, each of which has two clients, while something happens. */
    protected void assertOrder(Disturbance disturbance) throws Exception {
        List<Feed<Said>> feeds = List.of(feed(2 * PUBLISHERS * EACH), feed(2 * PUBLISHERS * EACH));
        List<CompletableFuture<FollowedFeed<Said>>> clients = feeds.stream()
                .flatMap(feed -> Stream.of(feed, feed))
                .map(feed -> new FollowedFeed<>(feed, feed.read(Feed.LATEST).next())
                        .untilAsync(client -> client.items().size() >= PUBLISHERS * EACH))
                .toList();
        Executor threads = task -> new Thread(task).start(); // the common pool may have a single one
        List<CompletableFuture<List<CompletableFuture<FeedItem<Said>>>>> publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(publisher -> CompletableFuture.supplyAsync(
                        () -> publishAll(feeds.get(publisher % 2), publisher).toList(), threads))
                .toList();
        disturbance.happen();
        publishers.forEach(one -> one.join().forEach(CompletableFuture::join));
        assertAllInOneOrder(clients.stream().map(CompletableFuture::join).toList());
    }

    /** Publishes one item after the other, without waiting. */
    private static Stream<CompletableFuture<FeedItem<Said>>> publishAll(Feed<Said> feed, int publisher) {
        return IntStream.range(0, EACH)
                .mapToObj(number -> feed.publish(new Said(publisher, number)).toCompletableFuture());
    }

    private void assertAllInOneOrder(List<FollowedFeed<Said>> clients) {
        List<Said> order = clients.get(0).items();
        for (FollowedFeed<Said> client : clients) {
            assertEquals(order, client.items());
            assertEquals(0, client.resets());
        }
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            int wanted = publisher;
            assertEquals(
                    IntStream.range(0, EACH).boxed().toList(),
                    order.stream()
                            .filter(one -> one.publisher() == wanted)
                            .map(Said::number)
                            .toList());
        }
        assertEquals(PUBLISHERS * EACH, order.size());
    }

    @Test
    void tellsAllInstancesTheSameInTheSameOrder() throws Exception {
        assertOrder(() -> {});
    }

    @Test
    void resetsWhoeverIsBehindTheHistory() throws Exception {
        Feed<Said> feed = feed(5);
        List<String> ids = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> publish(feed, number))
                .toList();
        new FollowedFeed<>(feed, Feed.START).until(client -> client.place().equals(ids.get(9)));
        assertEquals(List.of(6, 7, 8, 9, 10), numbers(feed));
        assertTrue(feed.read(ids.get(3)).reset());
        assertEquals(5, feed.read(ids.get(4)).items().size());
        assertTrue(feed.read("another.1").reset());
        var client = new FollowedFeed<>(feed, ids.get(9));
        publish(feed, 11);
        assertEquals(List.of(11), numbers(client.until(told -> !told.items().isEmpty())));
        assertEquals(0, client.resets());
    }
}
