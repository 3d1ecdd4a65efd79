package dev.bistro.sample.chat;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.Feeds;
import dev.bistro.http.ConflictException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The rooms: the default one, which is always there, and others, which are opened by whoever comes first. */
@Singleton
final class Rooms implements AutoCloseable {
    private final Feed<Posted> lobby;
    private final Feeds<Posted> others;

    @Inject
    Rooms(ChatSettings settings) {
        FeedSettings feed = FeedSettings.DEFAULTS.withHistory(settings.history());
        lobby = Feed.create(feed);
        others = Feeds.create(settings.rooms(), name -> Feed.create(feed));
    }

    /** The default room. */
    Feed<Posted> lobby() {
        return lobby;
    }

    /** A room by its name. If there are too many, a new one takes the place of one that is empty, or else of one where nobody has been for longest. */
    Feed<Posted> open(String name) {
        return others.open(name).orElseThrow(() -> new ConflictException("There are too many rooms; try again later"));
    }

    @Override
    public void close() {
        lobby.close();
        others.close();
    }
}
