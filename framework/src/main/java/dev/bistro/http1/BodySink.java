package dev.bistro.http1;

import dev.bistro.http.Status;
import java.util.Arrays;

/** Where a body's bytes go: collected up to a limit, or counted and thrown away. */
interface BodySink {
    void take(byte[] bytes, int from, int count) throws Rejection;

    /** Collects a body that is to be read as a whole. Grows with what has come, not with what was announced. */
    final class Whole implements BodySink {
        private static final int FIRST_BYTES = 512;

        private final int max;
        private byte[] collected;
        private int size;

        Whole(int max, long announced) {
            this.max = max;
            this.collected = new byte[(int) Math.min(announced, FIRST_BYTES)];
        }

        @Override
        public void take(byte[] bytes, int from, int count) throws Rejection {
            if (count > max - size) {
                throw tooLarge(max);
            }
            if (count > collected.length - size) {
                collected = Arrays.copyOf(collected, Math.min(max, Math.max(2 * collected.length, size + count)));
            }
            System.arraycopy(bytes, from, collected, size, count);
            size += count;
        }

        byte[] bytes() {
            return size == collected.length ? collected : Arrays.copyOf(collected, size);
        }

        static Rejection tooLarge(int max) {
            return new Rejection(Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes.");
        }
    }

    /** Throws away the body of a request that was answered without it, up to a limit. */
    final class Discarded implements BodySink {
        private final long max;
        private long size;

        Discarded(long max) {
            this.max = max;
        }

        @Override
        public void take(byte[] bytes, int from, int count) throws Rejection {
            size += count;
            if (size > max) {
                throw Whole.tooLarge((int) max);
            }
        }
    }
}
