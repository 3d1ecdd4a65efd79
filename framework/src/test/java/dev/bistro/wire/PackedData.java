package dev.bistro.wire;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;

/** Data of several kinds to compress, the same at each run; texts are ASCII, and can be cut anywhere. */
enum PackedData {
    /** Parts repeat, numbers don't. */
    JSON(random ->
            "{\"id\":" + random.nextInt(100_000) + ",\"name\":\"something\",\"tags\":[\"" + word(random) + "\"]},"),

    HTML(random -> "<li class=\"" + word(random) + "\"><a href=\"/items/" + random.nextInt(10_000) + "\">"
            + word(random) + "</a></li>\n"),

    PROSE(random -> word(random) + (random.nextInt(12) == 0 ? ".\r\n" : " ")),

    /** Shades that change slowly, with some grain: less of it repeats. */
    PICTURE(random -> {
        var line = new StringBuilder();
        int shade = random.nextInt(256);
        for (int i = 0; i < 64; i++) {
            shade = shade + random.nextInt(5) - 2 & 0xFF;
            line.append((char) shade);
        }
        return line.toString();
    }),

    /** Nothing repeats. */
    NOISE(random -> Character.toString(random.nextInt(256)));

    private static final int BYTES = 300_000;
    private static final String[] WORDS = {
        "allow",
        "bistro",
        "carefully",
        "dairy",
        "evening",
        "for",
        "garden",
        "honest",
        "idea",
        "journey",
        "kitchen",
        "letter",
        "morning",
        "never",
        "of",
        "the"
    };

    private final Function<Random, String> next;

    PackedData(Function<Random, String> next) {
        this.next = next;
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** All of it. */
    byte[] bytes() {
        var random = new Random(7692);
        var data = new StringBuilder();
        while (data.length() < BYTES) {
            data.append(next.apply(random));
        }
        return data.substring(0, BYTES).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** So many bytes from this position, which continue at the start after the end. */
    static byte[] part(byte[] data, int start, int length) {
        byte[] part = new byte[length];
        for (int at = 0; at < length; ) {
            int from = (start + at) % data.length;
            int count = Math.min(length - at, data.length - from);
            System.arraycopy(data, from, part, at, count);
            at += count;
        }
        return part;
    }
}
