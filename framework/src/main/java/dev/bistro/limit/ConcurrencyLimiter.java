package dev.bistro.limit;

import dev.bistro.description.DescribedError;
import dev.bistro.filter.RequestResources;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that are under way at a route. For any thread. */
final class ConcurrencyLimiter {
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    ConcurrencyLimiter(int most) {
        this.most = most;
    }

    /** Counts one more until what is returned is released; empty if there are too many already. */
    Optional<RequestResources> tryEnter() {
        int before = underWay.get();
        while (before < most) {
            if (underWay.compareAndSet(before, before + 1)) {
                return Optional.of(new Permit());
            }
            before = underWay.get();
        }
        return Optional.empty();
    }

    int most() {
        return most;
    }

    static DescribedError describe() {
        return DescribedError.of(Status.SERVICE_UNAVAILABLE, "Too many requests are under way here.", "Retry-After");
    }

    /** Whether no other request could enter at this moment. */
    boolean isBusy() {
        return underWay.get() >= most;
    }

    int underWay() {
        return underWay.get();
    }

    /** The answer to a request that can't enter. */
    static HttpException refusal() {
        return new HttpException(Status.SERVICE_UNAVAILABLE, "Too many requests are under way here.")
                .withHeader("Retry-After", "1");
    }

    /** Released once, however often it is called: the number is never too small. */
    private final class Permit implements RequestResources {
        private final AtomicBoolean released = new AtomicBoolean();

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                underWay.decrementAndGet();
            }
        }

        @Override
        public boolean areNeededByLiveBody() {
            return true;
        }
    }
}
