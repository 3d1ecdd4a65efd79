package dev.bistro.cluster;

import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedCursor;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.feed.FeedItem;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages by WebSocket: {@code item ID TEXT} for each after the id {@code ?since=}, {@code reset ID} where some are
 * missing, and {@code stored TEXT} to whoever has sent the text.
 */
@WebSocket("/socket")
final class MessageSocket {
    private static final String DELIVERY = "delivery";
    private static final FeedEncoder<String> FRAMES = new Frames();

    private final Feed<String> feed;

    @Inject
    MessageSocket(Messages messages) {
        feed = messages.feed();
    }

    @OnOpen
    void open(WebSocketSession session, Optional<String> since) {
        var delivery = new Delivery(session);
        session.setAttribute(DELIVERY, delivery);
        delivery.begin(feed.follow(since.orElse(Feed.START), delivery::wake));
    }

    @OnMessage
    CompletionStage<String> publish(String text) {
        return feed.publish(text).thenApply(item -> "stored " + text);
    }

    @OnClose
    void close(WebSocketSession session) {
        session.attribute(DELIVERY).ifPresent(delivery -> ((Delivery) delivery).close());
    }

    private static final class Frames implements FeedEncoder<String> {
        @Override
        public byte[] item(FeedItem<String> item) {
            return ("item " + item.id() + " " + item.data()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] reset(String id) {
            return ("reset " + id).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Sends each item when the one before has left for the network. */
    private static final class Delivery {
        private final WebSocketSession session;
        private final AtomicInteger wakes = new AtomicInteger(1); // above 0, a thread delivers, or is going to
        private volatile FeedCursor<String> cursor;

        Delivery(WebSocketSession session) {
            this.session = session;
        }

        void begin(FeedCursor<String> from) {
            cursor = from;
            deliver();
        }

        void wake() {
            if (wakes.getAndIncrement() == 0) {
                deliver();
            }
        }

        private void deliver() {
            byte[] next;
            int seen;
            do {
                seen = wakes.get();
                next = cursor.next(FRAMES);
            } while (next.length == 0 && !wakes.compareAndSet(seen, 0));
            if (next.length > 0) {
                session.send(new String(next, StandardCharsets.UTF_8)).whenCompleteAsync((sent, fault) -> {
                    if (fault == null) {
                        deliver();
                    }
                });
            }
        }

        void close() {
            cursor.close();
        }
    }
}
