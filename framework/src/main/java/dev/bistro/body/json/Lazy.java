package dev.bistro.body.json;

import java.util.function.Supplier;

/** Something that is made when it is needed for the first time, by one of the threads that need it. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> making;
    private volatile T made; // null until then

    Lazy(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        T there = made;
        return there == null ? make() : there;
    }

    private synchronized T make() {
        if (made == null) {
            made = making.get();
        }
        return made;
    }
}
