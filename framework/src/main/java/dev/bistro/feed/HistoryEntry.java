package dev.bistro.feed;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** An item in the history, with what encoders have made of it. */
final class HistoryEntry<T> {
    /** Beyond so many encoders, what is made isn't kept: one that is new for each request must not make the history grow. */
    private static final int MAX_KEPT = 8;

    private final FeedId id;
    private final FeedItem<T> item;
    private final AtomicReference<Encoded[]> kept = new AtomicReference<>(new Encoded[0]);

    private record Encoded(FeedEncoder<?> encoder, byte[] bytes) {}

    HistoryEntry(FeedId id, String event, T data) {
        this.id = id;
        this.item = new FeedItem<>(id.toString(), event, data);
    }

    FeedId id() {
        return id;
    }

    FeedItem<T> item() {
        return item;
    }

    /** The item as bytes. No lock is held while they are made: threads that come first at the same time each make them, and one of both is kept. */
    byte[] encoded(FeedEncoder<T> encoder) {
        byte[] known = find(encoder, kept.get());
        return known != null ? known : keep(encoder, encoder.item(item));
    }

    private byte[] keep(FeedEncoder<T> encoder, byte[] made) {
        while (true) {
            Encoded[] before = kept.get();
            byte[] known = find(encoder, before);
            if (known != null || before.length == MAX_KEPT) {
                return known != null ? known : made;
            }
            Encoded[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Encoded(encoder, made);
            if (kept.compareAndSet(before, after)) {
                return made;
            }
        }
    }

    private static byte[] find(FeedEncoder<?> encoder, Encoded[] among) {
        for (Encoded one : among) {
            if (one.encoder.equals(encoder)) {
                return one.bytes;
            }
        }
        return null;
    }
}
