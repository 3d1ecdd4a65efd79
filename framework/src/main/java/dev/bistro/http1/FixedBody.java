package dev.bistro.http1;

import dev.bistro.net.Input;

/** A body of a length that is known beforehand. */
final class FixedBody implements Body {
    private long left;

    FixedBody(long length) {
        left = length;
    }

    @Override
    public boolean read(Input input, BodySink sink) throws Rejection {
        int count = (int) Math.min(left, input.remaining());
        sink.take(input.array(), input.position(), count);
        input.position(input.position() + count);
        left -= count;
        return left == 0;
    }
}
