package dev.bistro.incidents;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedItem;
import dev.bistro.feed.FeedResponse;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.Feeds;
import java.time.Duration;

/** Feeds: one with news from time to time, and ones whose items take a millisecond each to be encoded. */
@Route("/feed")
final class FeedController {
    private static final FeedSettings SETTINGS = FeedSettings.DEFAULTS.withHeartbeat(Duration.ofMinutes(5));
    private static final int ITEMS = 1_000;

    private final Feed<String> events = Feed.create(SETTINGS);
    private final Feeds<String> slow = Feeds.create(100, room -> Feed.create(SETTINGS));

    @Get
    Feed<String> events() {
        return events;
    }

    @Get("/slow/{room}")
    FeedResponse<String> slow(String room) {
        return FeedResponse.of(slow.open(room).orElseThrow()).withItems(FeedController::encode);
    }

    @Post("/slow/{room}")
    void fill(String room) {
        Feed<String> feed = slow.open(room).orElseThrow();
        for (int i = 0; i < ITEMS; i++) {
            feed.publish("item " + i);
        }
    }

    private static String encode(FeedItem<String> item) {
        Pause.of(1);
        return item.data();
    }

    int followers() {
        return events.followers();
    }

    int publish(int count, int size) {
        for (int i = 0; i < count; i++) {
            events.publish("x".repeat(size));
        }
        return count;
    }
}
