package dev.bistro.http1;

import dev.bistro.http.Status;
import dev.bistro.net.Input;
import java.util.Arrays;

/**
 * Collects a body that is read as a whole, up to a limit. Its array grows with what has come, not with what was
 * announced. A body that doesn't come together with its head takes from the server's memory budget.
 */
final class BodyCollector {
    private static final int FIRST_BYTES = 512;

    private final RequestBody body;
    private final int max;
    private final int expected;
    private final RequestMemory memory;
    private boolean isCounted;
    private byte[] collected;
    private int size;

    /** Collects a body of an announced length, or {@code Long.MAX_VALUE} if none is announced. */
    BodyCollector(RequestBody body, int max, long announced, RequestMemory memory) throws Rejection {
        if (announced != Long.MAX_VALUE) {
            requireRoom(announced, max, memory);
        }
        this.body = body;
        this.max = max;
        this.expected = (int) Math.min(announced, max);
        this.memory = memory;
        this.collected = new byte[Math.min(expected, FIRST_BYTES)];
    }

    private static void requireRoom(long announced, int max, RequestMemory memory) throws Rejection {
        if (announced > max) {
            throw tooLarge(max);
        }
        if (!memory.hasRoomFor(announced)) {
            throw Rejection.noMemory();
        }
    }

    /** Takes what has come; returns whether the body is complete. */
    boolean read(Input input) throws Rejection {
        int count;
        do {
            growFor(input.remaining());
            count = body.read(input, collected, size, collected.length - size);
            size += count;
        } while (count > 0);
        if (!body.isComplete() && input.remaining() > 0) {
            throw tooLarge(max); // there is more input, and the array has its largest size
        }
        if (!body.isComplete()) {
            isCounted = true;
            takeMemory(collected.length);
        }
        return body.isComplete();
    }

    private void growFor(int count) throws Rejection {
        int wanted = (int) Math.min(expected, (long) size + count);
        if (collected.length < wanted) {
            int larger = (int) Math.min(expected, Math.max(2L * collected.length, wanted));
            if (isCounted) {
                takeMemory(larger);
            }
            collected = Arrays.copyOf(collected, larger);
        }
    }

    private void takeMemory(int bytes) throws Rejection {
        if (!memory.tryGrowTo(bytes)) {
            throw Rejection.noMemory();
        }
    }

    byte[] bytes() {
        return size == collected.length ? collected : Arrays.copyOf(collected, size);
    }

    static Rejection tooLarge(long max) {
        return new Rejection(Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes.");
    }
}
