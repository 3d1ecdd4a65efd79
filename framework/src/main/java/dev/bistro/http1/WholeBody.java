package dev.bistro.http1;

import dev.bistro.http.Status;
import dev.bistro.net.Input;
import java.util.Arrays;

/** Collects a body that is to be read as a whole, up to a limit. Grows with what has come, not with what was announced. */
final class WholeBody {
    private static final int FIRST_BYTES = 512;

    private final Body body;
    private final int max;
    private byte[] collected;
    private int size;

    /** A body of which so many bytes are announced, which is at most {@code Long.MAX_VALUE} where nothing is. */
    WholeBody(Body body, int max, long announced) throws Rejection {
        if (announced != Long.MAX_VALUE && announced > max) {
            throw tooLarge(max);
        }
        this.body = body;
        this.max = max;
        this.collected = new byte[(int) Math.min(announced, Math.min(max, FIRST_BYTES))];
    }

    /** Takes what has come; whether that was all. */
    boolean read(Input input) throws Rejection {
        int count;
        do {
            growFor(input.remaining());
            count = body.read(input, collected, size, collected.length - size);
            size += count;
        } while (count > 0);
        if (!body.isComplete() && input.remaining() > 0) {
            throw tooLarge(max); // there is more, and the array is as large as it may be
        }
        return body.isComplete();
    }

    private void growFor(int count) {
        int wanted = (int) Math.min(max, (long) size + count);
        if (collected.length < wanted) {
            collected = Arrays.copyOf(collected, (int) Math.min(max, Math.max(2L * collected.length, wanted)));
        }
    }

    byte[] bytes() {
        return size == collected.length ? collected : Arrays.copyOf(collected, size);
    }

    static Rejection tooLarge(int max) {
        return new Rejection(Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes.");
    }
}
