package dev.bistro.http1;

import dev.bistro.net.Input;

/** A body whose length was announced by {@code Content-Length}. */
final class FixedBody implements RequestBody {
    private long left;

    FixedBody(long length) {
        left = length;
    }

    @Override
    public int read(Input input, byte[] array, int offset, int length) {
        int count = (int) Math.min(left, Math.min(length, input.remaining()));
        System.arraycopy(input.array(), input.position(), array, offset, count);
        input.position(input.position() + count);
        left -= count;
        return count;
    }

    @Override
    public boolean isComplete() {
        return left == 0;
    }
}
