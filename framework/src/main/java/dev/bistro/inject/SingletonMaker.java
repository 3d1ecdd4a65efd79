package dev.bistro.inject;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Makes one object, when it is first asked. It holds a lock of its own while it does, so that the constructor runs once. Threads can't wait for each other
 * in a circle here, unless there is a circle of singletons that ask for each other while they are made, which fails on a single thread.
 */
final class SingletonMaker extends Maker {
    private final Consumer<Object> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Object singleton;

    /** Hands the object to the listener when it is made. */
    SingletonMaker(Recipe recipe, Optional<Maker> askedBy, Consumer<Object> listener) {
        super(recipe, askedBy);
        this.listener = listener;
    }

    @Override
    public Object get() {
        Object made = singleton;
        return made != null ? made : first();
    }

    private Object first() {
        lock.lock();
        try {
            if (singleton == null) {
                if (lock.getHoldCount() > 1) {
                    throw new NotMade(this, new IllegalStateException("It asks for itself while it is made"));
                }
                Object first = make();
                listener.accept(first);
                singleton = first;
            }
            return singleton;
        } finally {
            lock.unlock();
        }
    }
}
