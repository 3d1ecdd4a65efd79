package dev.bistro.result;

import dev.bistro.body.BodyWriter;
import dev.bistro.feed.FeedEncoder;
import dev.bistro.feed.FeedItem;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Writes items of a feed as lines of JSON.
 *
 * @param items what is written for an item
 * @param json writes it
 * @param resets writes a {@link FeedReset}
 * @see <a href="https://github.com/ndjson/ndjson-spec">Newline Delimited JSON</a>
 */
record LineEncoder<T>(Function<? super FeedItem<T>, ?> items, BodyWriter json, BodyWriter resets)
        implements FeedEncoder<T> {
    @Override
    public byte[] item(FeedItem<T> item) {
        return line(json.write(items.apply(item)));
    }

    @Override
    public byte[] reset(String id) {
        return line(resets.write(FeedReset.at(id)));
    }

    private static byte[] line(byte[] written) {
        byte[] line = Arrays.copyOf(written, written.length + 1);
        line[written.length] = '\n';
        return line;
    }
}
