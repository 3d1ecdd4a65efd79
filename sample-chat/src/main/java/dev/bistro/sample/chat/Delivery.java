package dev.bistro.sample.chat;

import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.websocket.WebSocketSession;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a session what is said in a room, from where it left off: a message when the one before has been taken. So a session that is slow has one message under way, and if
 * it is left behind, it is told so.
 */
final class Delivery implements AutoCloseable {
    private final WebSocketSession session;
    private final FeedEncoder<Posted> encoder;
    private final FeedCursor<Posted> cursor;
    private final AtomicInteger wakes = new AtomicInteger(1); // not looked after yet; above 0, somebody delivers

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

    /** Sends the next message, and goes on when it has been taken; ends when there is none, and nobody has called meanwhile. */
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
