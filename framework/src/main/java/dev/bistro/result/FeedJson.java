package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.feed.FeedItem;
import dev.bistro.feed.FeedPage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * Writes items and pages of a feed as JSON. Published data is written by its declared type; what a function made of it,
 * by its class.
 *
 * <pre>
 * {"items":[{"id":"k3f9x2.17","event":"message","data":…}],"next":"k3f9x2.17","reset":false}
 * </pre>
 */
final class FeedJson {
    private final BodyWriter data;
    private final BodyWriter any;
    private final BodyWriter item = this::item;

    /**
     * @param data writes published data
     * @param any writes anything else
     */
    FeedJson(BodyWriter data, BodyWriter any) {
        this.data = data;
        this.any = any;
    }

    /** Writes published data. */
    BodyWriter data() {
        return data;
    }

    /** Writes anything else. */
    BodyWriter any() {
        return any;
    }

    /** Writes a {@link FeedItem}. It is always the same object, so that callers can recognise it. */
    BodyWriter item() {
        return item;
    }

    private byte[] item(Object value) {
        var feedItem = (FeedItem<?>) value;
        var json = new ByteArrayOutputStream();
        append("{\"id\":", any.write(feedItem.id()), json);
        append(",\"event\":", any.write(feedItem.event()), json);
        append(",\"data\":", data.write(feedItem.data()), json);
        json.write('}');
        return json.toByteArray();
    }

    /** Writes a page whose values are written by the given writer. */
    byte[] list(List<?> values, BodyWriter writer, FeedPage<?> page) {
        var json = new ByteArrayOutputStream();
        String before = "{\"items\":[";
        for (Iterator<?> each = values.iterator(); each.hasNext(); before = ",") {
            append(before, writer.write(each.next()), json);
        }
        append(values.isEmpty() ? before + "],\"next\":" : "],\"next\":", any.write(page.next()), json);
        append(",\"reset\":" + page.reset() + "}", new byte[0], json);
        return json.toByteArray();
    }

    private static void append(String before, byte[] value, ByteArrayOutputStream json) {
        json.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        json.writeBytes(value);
    }
}
