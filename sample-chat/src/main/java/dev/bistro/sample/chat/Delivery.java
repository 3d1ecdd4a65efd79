package dev.bistro.sample.chat;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.websocket.WebSocketSession;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a session the messages of a room, from where it left off: each when the one before has left for the network. So
 * only one message of a slow session is in memory at a time, and a session that falls behind gets a reset.
 */
final class Delivery implements AutoCloseable {
    private final WebSocketSession session;
    private final FeedEncoder<Posted> encoder;
    private final FeedCursor<Posted> cursor;
    private final AtomicInteger wakes = new AtomicInteger(1); // calls since the last look; above 0, a thread delivers

    private Delivery(WebSocketSession session, Feed<Posted> room, String since, FeedEncoder<Posted> encoder) {
        this.session = session;
        this.encoder = encoder;
        this.cursor = room.follow(since, this::wake);
    }

    static Delivery start(WebSocketSession session, Feed<Posted> room, String since, FeedEncoder<Posted> encoder) {
        var delivery = new Delivery(session, room, since, encoder);
        delivery.deliver();
        return delivery;
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            deliver();
        }
    }

    /**
     * Sends the next message, and goes on when it has been sent. Ends when there is none and no call came meanwhile.
     */
    private void deliver() {
        byte[] next;
        int seen;
        do {
            seen = wakes.get();
            next = cursor.next(encoder);
        } while (next.length == 0 && !wakes.compareAndSet(seen, 0));
        if (next.length > 0) {
            session.send(new String(next, StandardCharsets.UTF_8)).whenCompleteAsync((sent, fault) -> {
                if (fault == null) {
                    deliver();
                }
            });
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
