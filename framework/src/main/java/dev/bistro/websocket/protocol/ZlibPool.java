package dev.bistro.websocket.protocol;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A small pool of deflaters or inflaters, which are expensive to create and hold memory outside the heap. One that
 * comes back when the pool is full is ended at once.
 *
 * @param <T> {@link java.util.zip.Deflater} or {@link java.util.zip.Inflater}
 */
final class ZlibPool<T> {
    private static final int MAX_SIZE = 2 * Runtime.getRuntime().availableProcessors();

    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Supplier<T> create;
    private final Consumer<T> reset;
    private final Consumer<T> end;

    ZlibPool(Supplier<T> create, Consumer<T> reset, Consumer<T> end) {
        this.create = create;
        this.reset = reset;
        this.end = end;
    }

    T acquire() {
        T pooled = idle.poll();
        if (pooled == null) {
            return create.get();
        }
        size.decrementAndGet();
        return pooled;
    }

    void release(T used) {
        if (size.incrementAndGet() <= MAX_SIZE) {
            reset.accept(used);
            idle.add(used);
        } else {
            size.decrementAndGet();
            end.accept(used);
        }
    }
}
