package dev.bistro.inject;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes one object, when it is first asked. After a failure it doesn't try again for a while, and throws the same fault
 * meanwhile, so that not every request calls a database that is down.
 */
final class SingletonProvider extends ObjectProvider {
    /** How long a failure is remembered. */
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Consumer<Object> listener;
    private final LongSupplier nanoTime;
    private final SharedInstance instance = new SharedInstance(this, this::create);
    private Optional<Failure> failure = Optional.empty(); // used only by the thread that makes the object

    /** Why the object could not be made, and when that was. */
    private record Failure(Throwable fault, long atNanos) {
        RuntimeException rethrown() {
            if (fault instanceof Error error) {
                throw error;
            }
            return (RuntimeException) fault;
        }
    }

    /**
     * A provider of one object.
     *
     * @param listener is given the object when it is made
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    SingletonProvider(
            Recipe recipe, Optional<ObjectProvider> dependent, Consumer<Object> listener, LongSupplier nanoTime) {
        super(recipe, dependent);
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public Object get() {
        return instance.get();
    }

    private Object create() {
        if (failure.isPresent() && nanoTime.getAsLong() - failure.get().atNanos < PAUSE_NANOS) {
            throw failure.get().rethrown();
        }
        try {
            Object made = make();
            listener.accept(made);
            failure = Optional.empty();
            return made;
        } catch (RuntimeException | Error e) {
            failure = instance.isInCycle() ? Optional.empty() : Optional.of(new Failure(e, nanoTime.getAsLong()));
            throw e;
        }
    }
}
