package dev.bistro.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a thread publishes to feeds during a transaction: it goes out when that is committed, in its order, and is
 * dropped when it is rolled back. Not for users.
 */
public final class HeldPublications {
    /** Holds nothing back. */
    public static final HeldPublications NONE = new HeldPublications(null);

    private static final ThreadLocal<HeldPublications> CURRENT = new ThreadLocal<>();

    private final HeldPublications before; // null if there was none
    private final List<Held<?>> held = new ArrayList<>();

    private HeldPublications(HeldPublications before) {
        this.before = before;
    }

    /** Holds back what the calling thread publishes from now on, until it is released or dropped. */
    public static HeldPublications begin() {
        var begun = new HeldPublications(CURRENT.get());
        CURRENT.set(begun);
        return begun;
    }

    /** Publishes now, or when the transaction of the calling thread is committed. */
    static <T> CompletionStage<FeedItem<T>> publish(Supplier<CompletionStage<FeedItem<T>>> publication) {
        HeldPublications current = CURRENT.get();
        if (current == null) {
            return publication.get();
        }
        var later = new Held<>(publication);
        current.held.add(later);
        return later;
    }

    /** How many are held back. */
    public int count() {
        return held.size();
    }

    /** Drops those after the first ones. */
    public void dropAfter(int kept) {
        List<Held<?>> dropped = held.subList(kept, held.size());
        dropped.forEach(
                each -> each.completeExceptionally(new CancellationException("The transaction was rolled back")));
        dropped.clear();
    }

    /** Publishes them all, and holds back no more. */
    public void release() {
        end();
        held.forEach(Held::publish);
    }

    /** Drops them all, and holds back no more. */
    public void drop() {
        end();
        dropAfter(0);
    }

    private void end() {
        if (this == NONE) {
            return;
        }
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    /** An item that isn't published yet. Its own transaction can't wait for it. */
    private static final class Held<T> extends CompletableFuture<FeedItem<T>> {
        private final Supplier<CompletionStage<FeedItem<T>>> publication;
        private final Thread publisher = Thread.currentThread();

        Held(Supplier<CompletionStage<FeedItem<T>>> publication) {
            this.publication = publication;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }

        void publish() {
            try {
                publication.get().whenComplete((item, fault) -> {
                    if (fault == null) {
                        complete(item);
                    } else {
                        completeExceptionally(fault);
                    }
                });
            } catch (Throwable e) { // even an Error: the transaction is committed, and the others are published
                completeExceptionally(e);
            }
        }

        @Override
        public FeedItem<T> join() {
            refuseEndlessWait();
            return super.join();
        }

        @Override
        public FeedItem<T> get() throws InterruptedException, ExecutionException {
            refuseEndlessWait();
            return super.get();
        }

        @Override
        public FeedItem<T> get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
            refuseEndlessWait();
            return super.get(timeout, unit);
        }

        private void refuseEndlessWait() {
            if (!isDone() && Thread.currentThread() == publisher && CURRENT.get() != null) {
                throw new IllegalStateException(
                        "It is published when the transaction is committed: don't wait for it in the transaction");
            }
        }
    }
}
