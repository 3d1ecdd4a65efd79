package dev.bistro.sample.chat;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.feed.FeedStores;
import dev.bistro.feed.Feeds;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Request;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The rooms: the default one, which always exists, and others, which are opened by the first request for them. */
@Singleton
final class Rooms implements AutoCloseable {
    /** A room's name as a variable of a path. A stored feed's name may have 200 characters; some letters are two. */
    static final String NAME = "{room:[\\p{L}\\p{N}_-]{1,90}}";

    private final Feed<Posted> lobby;
    private final Feeds<Posted> others;

    @Inject
    Rooms(ChatSettings settings, FeedStores stores) {
        FeedSettings feed = FeedSettings.DEFAULTS.withHistory(settings.history());
        lobby = Feed.create(feed, stores.create("chat", Posted.class));
        others = Feeds.create(settings.rooms(), name -> Feed.create(feed, stores.create("chat/" + name, Posted.class)));
    }

    /** The name of the room that the path of a request names; empty for the default room. */
    static Optional<String> name(Request request) {
        return request.pathParam("room");
    }

    /** The room that the path of a request names, or the default room. */
    Feed<Posted> of(Request request) {
        return name(request).map(this::open).orElse(lobby);
    }

    /**
     * A room by its name. If there are too many, a new one replaces one that nobody follows: an empty one, or otherwise
     * the one that was used longest ago. Where messages are in a database, it comes back with them.
     */
    private Feed<Posted> open(String name) {
        return others.open(name).orElseThrow(() -> new ConflictException("There are too many rooms; try again later"));
    }

    @Override
    public void close() {
        lobby.close();
        others.close();
    }
}
