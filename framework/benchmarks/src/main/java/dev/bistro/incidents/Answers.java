package dev.bistro.incidents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Cuts what a server sends into its answers. Those to HEAD aren't known to it. */
final class Answers {
    private enum State {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_END
    }

    private static final int MAX_BODY_TEXT = 1_000;

    private final StringBuilder line = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private State state = State.HEAD;
    private long rest;
    private int status;
    private int complete;
    private long bodyBytes;

    /** How many have come as a whole. */
    int complete() {
        return complete;
    }

    /** The status of the last one whose head has come; 0 before the first. */
    int status() {
        return status;
    }

    /** Of all of them together. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** The beginning of the last one's body. */
    String text() {
        return text.toString();
    }

    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case LENGTH, CHUNK, UNTIL_END -> body(bytes);
                default -> character((char) (bytes.get() & 0xFF));
            }
        }
    }

    /** The connection has ended. */
    void end() {
        if (state == State.UNTIL_END) {
            completed();
        }
    }

    private void body(ByteBuffer bytes) {
        int count = (int) Math.min(state == State.UNTIL_END ? Integer.MAX_VALUE : rest, bytes.remaining());
        if (text.length() < MAX_BODY_TEXT) {
            int kept = Math.min(count, MAX_BODY_TEXT - text.length());
            text.append(StandardCharsets.ISO_8859_1.decode(bytes.slice(bytes.position(), kept)));
        }
        bytes.position(bytes.position() + count);
        bodyBytes += count;
        rest -= count;
        if (state == State.LENGTH && rest == 0) {
            completed();
        } else if (state == State.CHUNK && rest == 0) {
            state = State.CHUNK_END;
        }
    }

    private void character(char character) {
        line.append(character);
        if (character != '\n') {
            return;
        }
        switch (state) {
            case HEAD -> headLine();
            case CHUNK_SIZE -> {
                rest = Long.parseLong(line.toString().strip(), 16);
                state = rest == 0 ? State.TRAILER : State.CHUNK;
                line.setLength(0);
            }
            case CHUNK_END -> {
                state = State.CHUNK_SIZE;
                line.setLength(0);
            }
            default -> {
                if (line.length() == 2) {
                    completed();
                } else {
                    line.setLength(0);
                }
            }
        }
    }

    private void headLine() {
        if (line.length() < 4 || line.charAt(line.length() - 3) != '\n') {
            return;
        }
        String head = line.toString().toLowerCase(Locale.ROOT);
        line.setLength(0);
        text.setLength(0);
        status = Integer.parseInt(head.substring(9, 12));
        if (status == 100) {
            return;
        }
        int length = head.indexOf("\r\ncontent-length: ");
        if (status == 204 || status == 304) {
            completed();
        } else if (length >= 0) {
            rest = Long.parseLong(head.substring(length + 18, head.indexOf('\r', length + 18)));
            state = State.LENGTH;
            if (rest == 0) {
                completed();
            }
        } else {
            state = head.contains("\r\ntransfer-encoding: chunked") ? State.CHUNK_SIZE : State.UNTIL_END;
        }
    }

    private void completed() {
        complete++;
        state = State.HEAD;
        line.setLength(0);
    }
}
