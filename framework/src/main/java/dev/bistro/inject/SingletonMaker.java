package dev.bistro.inject;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes one object, when it is first asked. One that fails is left alone for a while: those who ask meanwhile get the
 * same fault, so that a database that is gone isn't called by each request.
 */
final class SingletonMaker extends Maker {
    /** How long a fault counts for all. */
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Consumer<Object> listener;
    private final LongSupplier nanoTime;
    private final Single single = new Single(this, this::first);
    private Optional<Failure> failure = Optional.empty(); // only the thread that makes the object comes near it

    /** Why it could not be made, and when. */
    private record Failure(Throwable fault, long atNanos) {
        RuntimeException again() {
            if (fault instanceof Error error) {
                throw error;
            }
            return (RuntimeException) fault;
        }
    }

    /**
     * Hands the object to the listener when it is made.
     *
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    SingletonMaker(Recipe recipe, Optional<Maker> askedBy, Consumer<Object> listener, LongSupplier nanoTime) {
        super(recipe, askedBy);
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public Object get() {
        return single.get();
    }

    private Object first() {
        if (failure.isPresent() && nanoTime.getAsLong() - failure.get().atNanos < PAUSE_NANOS) {
            throw failure.get().again();
        }
        try {
            Object first = make();
            listener.accept(first);
            failure = Optional.empty();
            return first;
        } catch (RuntimeException | Error e) {
            failure = single.isInCircle() ? Optional.empty() : Optional.of(new Failure(e, nanoTime.getAsLong()));
            throw e;
        }
    }
}
