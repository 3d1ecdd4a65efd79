package dev.bistro.http1;

import dev.bistro.http.Status;
import dev.bistro.net.Input;
import java.util.Arrays;

/**
 * Collects a body that is to be read as a whole, up to a limit. Grows with what has come, not with what was announced;
 * one that doesn't come with its head at once counts as held by the server.
 */
final class WholeBody {
    private static final int FIRST_BYTES = 512;

    private final Body body;
    private final int max;
    private final int expected;
    private final Held held;
    private boolean counts;
    private byte[] collected;
    private int size;

    /** A body of which so many bytes are announced, which is at most {@code Long.MAX_VALUE} where nothing is. */
    WholeBody(Body body, int max, long announced, Held held) throws Rejection {
        if (announced != Long.MAX_VALUE) {
            requireRoom(announced, max, held);
        }
        this.body = body;
        this.max = max;
        this.expected = (int) Math.min(announced, max);
        this.held = held;
        this.collected = new byte[Math.min(expected, FIRST_BYTES)];
    }

    private static void requireRoom(long announced, int max, Held held) throws Rejection {
        if (announced > max) {
            throw tooLarge(max);
        }
        if (!held.mayGrowTo(announced)) {
            throw Rejection.noRoom();
        }
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
        if (!body.isComplete()) {
            counts = true;
            hold(collected.length);
        }
        return body.isComplete();
    }

    private void growFor(int count) throws Rejection {
        int wanted = (int) Math.min(expected, (long) size + count);
        if (collected.length < wanted) {
            int larger = (int) Math.min(expected, Math.max(2L * collected.length, wanted));
            if (counts) {
                hold(larger);
            }
            collected = Arrays.copyOf(collected, larger);
        }
    }

    private void hold(int bytes) throws Rejection {
        if (!held.growTo(bytes)) {
            throw Rejection.noRoom();
        }
    }

    byte[] bytes() {
        return size == collected.length ? collected : Arrays.copyOf(collected, size);
    }

    static Rejection tooLarge(int max) {
        return new Rejection(Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes.");
    }
}
