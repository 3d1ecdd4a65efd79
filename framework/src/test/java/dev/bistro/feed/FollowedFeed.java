package dev.bistro.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A client of a feed that reads page after page, and keeps what it was told. */
public final class FollowedFeed<T> {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Feed<T> feed;
    private final List<T> items = new ArrayList<>();
    private int resets;
    private String place;

    /** Begins at a place. */
    public FollowedFeed(Feed<T> feed, String since) {
        this.feed = feed;
        this.place = since;
    }

    /** Reads until this is so. */
    public FollowedFeed<T> until(Predicate<FollowedFeed<T>> enough) {
        while (!enough.test(this)) {
            FeedPage<T> page = feed.await(place, LONG).join();
            if (!page.hasChanges()) {
                throw new AssertionError("Nothing comes after " + items.size() + " items, at " + place);
            }
            resets += page.reset() ? 1 : 0;
            page.items().forEach(item -> items.add(item.data()));
            place = page.next();
        }
        return this;
    }

    /** The same by a thread of its own. */
    public CompletableFuture<FollowedFeed<T>> untilAsync(Predicate<FollowedFeed<T>> enough) {
        var read = new CompletableFuture<FollowedFeed<T>>();
        new Thread(() -> {
                    try {
                        read.complete(until(enough));
                    } catch (RuntimeException | Error e) {
                        read.completeExceptionally(e);
                    }
                })
                .start();
        return read;
    }

    public List<T> items() {
        return List.copyOf(items);
    }

    public int resets() {
        return resets;
    }

    /** The id up to which it has read. */
    public String place() {
        return place;
    }
}
