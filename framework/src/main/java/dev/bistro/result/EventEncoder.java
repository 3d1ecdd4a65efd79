package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.feed.FeedItem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Writes items of a feed as server-sent events: text is sent as it is, any other value as JSON.
 *
 * <pre>
 * id: k3f9x2.17
 * event: joined           left out if it is "message"
 * data: {"user":"Ann"}    a line for each line of the data
 *                         an empty line ends the event
 * </pre>
 *
 * @param items what an item's data is
 * @param json writes the data
 * @param resets writes a {@link FeedReset}
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML,
 *     section 9.2.5</a>
 */
record EventEncoder<T>(Function<? super FeedItem<T>, ?> items, BodyWriter json, BodyWriter resets)
        implements FeedEncoder<T> {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] item(FeedItem<T> item) {
        return event(item.id(), item.event(), items.apply(item), json);
    }

    @Override
    public byte[] reset(String id) {
        FeedReset reset = FeedReset.at(id);
        return event(id, reset.event(), reset, resets);
    }

    private byte[] event(String id, String name, Object value, BodyWriter writer) {
        byte[] data = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : writer.write(value);
        var event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(("id: " + id + "\n").getBytes(StandardCharsets.UTF_8));
        if (!name.equals(Feed.MESSAGE)) {
            event.writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.UTF_8));
        }
        writeData(data, event);
        event.write('\n');
        return event.toByteArray();
    }

    /** Splits at line ends: a line feed, a carriage return, or both. */
    private static void writeData(byte[] data, ByteArrayOutputStream event) {
        int start = 0;
        for (int i = 0; i <= data.length; i++) {
            if (i == data.length || data[i] == '\n' || data[i] == '\r') {
                event.writeBytes(DATA);
                event.write(data, start, i - start);
                event.write('\n');
                boolean both = i + 1 < data.length && data[i] == '\r' && data[i + 1] == '\n';
                i += both ? 1 : 0;
                start = i + 1;
            }
        }
    }
}
