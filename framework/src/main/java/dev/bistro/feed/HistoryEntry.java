package dev.bistro.feed;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** An item in the history, with its encoded forms. */
final class HistoryEntry<T> {
    /**
     * Forms of further encoders aren't kept: an encoder that is new for each request must not make the history grow.
     */
    private static final int MAX_FORMS = 8;

    private final FeedId id;
    private final FeedItem<T> item;
    private final AtomicReference<Encoded[]> forms = new AtomicReference<>(new Encoded[0]);

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

    /**
     * The item as bytes. Encodes it without a lock: several threads may do so at the same time, and the result of one
     * is kept.
     */
    byte[] encoded(FeedEncoder<T> encoder) {
        byte[] known = find(encoder, forms.get());
        return known != null ? known : keep(encoder, encoder.item(item));
    }

    private byte[] keep(FeedEncoder<T> encoder, byte[] made) {
        while (true) {
            Encoded[] before = forms.get();
            byte[] known = find(encoder, before);
            if (known != null || before.length == MAX_FORMS) {
                return known != null ? known : made;
            }
            Encoded[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Encoded(encoder, made);
            if (forms.compareAndSet(before, after)) {
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
