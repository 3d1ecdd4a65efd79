package dev.bistro.corpus;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes bytes at random: flips a bit, drops, inserts or doubles a piece, or joins two texts. */
final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_PIECE = 40;

    /** Pieces that matter for framing, so that changes hit it more often than by chance. */
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "\t",
            "\u000b",
            ":",
            ";",
            ",",
            "\"",
            "0",
            "5",
            "f",
            "0\r\n\r\n",
            "5\r\nhello\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Connection: close\r\n",
            "Host: a\r\n",
            "X: y\r\n",
            "GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
            " HTTP/1.0\r\n");

    private final List<String> texts;
    private final RandomGenerator random;

    Mutator(List<String> texts, RandomGenerator random) {
        this.texts = texts;
        this.random = random;
    }

    String next() {
        var bytes = new StringBuilder(text());
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            change(bytes);
        }
        return bytes.toString();
    }

    private String text() {
        return texts.get(random.nextInt(texts.size()));
    }

    private void change(StringBuilder bytes) {
        int from = random.nextInt(bytes.length() + 1);
        int to = Math.min(bytes.length(), from + random.nextInt(LONGEST_PIECE));
        switch (random.nextInt(7)) {
            case 0 -> flipBit(bytes, from);
            case 1 -> bytes.delete(from, to);
            case 2 -> bytes.delete(from, Math.min(bytes.length(), from + 1));
            case 3 -> bytes.insert(from, PIECES.get(random.nextInt(PIECES.size())));
            case 4 -> bytes.insert(from, bytes.substring(from, to));
            case 5 -> bytes.insert(from, (char) random.nextInt(256));
            default -> splice(bytes, from);
        }
    }

    private void flipBit(StringBuilder bytes, int at) {
        if (at < bytes.length()) {
            bytes.setCharAt(at, (char) (bytes.charAt(at) ^ 1 << random.nextInt(8)));
        }
    }

    private void splice(StringBuilder bytes, int at) {
        String other = text();
        bytes.setLength(at);
        bytes.append(other, random.nextInt(other.length()), other.length());
    }
}
