package dev.bistro.websocket.protocol;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A few spare compressors, which are dear to make and hold memory outside the heap. What isn't kept is ended at once.
 *
 * @param <T> {@link java.util.zip.Deflater} or {@link java.util.zip.Inflater}
 */
final class Spares<T> {
    private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();

    private final ConcurrentLinkedQueue<T> spares = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Supplier<T> make;
    private final Consumer<T> reset;
    private final Consumer<T> end;

    Spares(Supplier<T> make, Consumer<T> reset, Consumer<T> end) {
        this.make = make;
        this.reset = reset;
        this.end = end;
    }

    T take() {
        T spare = spares.poll();
        if (spare == null) {
            return make.get();
        }
        count.decrementAndGet();
        return spare;
    }

    void give(T used) {
        if (count.incrementAndGet() <= KEPT) {
            reset.accept(used);
            spares.add(used);
        } else {
            count.decrementAndGet();
            end.accept(used);
        }
    }
}
