package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is published into a store, in its order and by one thread, as many at a time as there are. What fails is
 * tried again for a while. For any thread.
 *
 * <pre>
 *   publish ──▶ [waiting, bounded] ──▶ one batch for each feed ──▶ sender ──▶ the publications' results
 *                                                  ▲      │ can't be reached
 *                                                  └──────┘ pause
 * </pre>
 */
public final class Publisher implements AutoCloseable {
    /** How long a publication is tried, unless a test says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** So long an attempt may take that begins just in time. */
    private static final Duration LAST_ATTEMPT = Duration.ofSeconds(1);

    private static final int MOST_CHARACTERS = 1 << 24;
    private static final int MOST_IN_BATCH = 500;
    private static final long CLOSE_MILLIS = 5_000;

    private final Sender sender;
    private final Duration patience;
    private final Object lock = new Object();
    private final Deque<Publication> waiting = new ArrayDeque<>();
    private final Thread thread;
    private int characters;
    private boolean isClosed;

    /**
     * Starts it.
     *
     * @param name of its thread
     * @param patience how long a publication is tried
     */
    public Publisher(String name, Sender sender, Duration patience) {
        this.sender = sender;
        this.patience = patience;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has an item stored. Doesn't wait.
     *
     * @return its id when it is stored; fails with 503 if that can't be reached for long, or too many wait already
     */
    public CompletionStage<FeedId> publish(String feed, String event, String data) {
        var result = new CompletableFuture<FeedId>();
        var publication =
                new Publication(feed, UUID.randomUUID(), event, data, System.nanoTime() + patience.toNanos(), result);
        synchronized (lock) {
            if (isClosed) {
                return CompletableFuture.failedFuture(new IllegalStateException("The feed's store is closed"));
            }
            if (characters + publication.weight() > MOST_CHARACTERS) {
                return CompletableFuture.failedFuture(later("Too much is published at the moment."));
            }
            characters += publication.weight();
            waiting.add(publication);
            lock.notifyAll();
        }
        return inTime(result);
    }

    /** Whoever publishes is answered in time, even where the sender waits for a store that says nothing. */
    private CompletionStage<FeedId> inTime(CompletableFuture<FeedId> result) {
        return result.copy()
                .orTimeout(patience.plus(LAST_ATTEMPT).toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(
                        fault instanceof TimeoutException
                                ? later("What was published isn't stored in time.")
                                        .withCause(fault)
                                : fault));
    }

    private static HttpException later(String detail) {
        return new HttpException(Status.SERVICE_UNAVAILABLE, detail).withHeader("Retry-After", "1");
    }

    private void run() {
        List<Publication> batch = next();
        while (!batch.isEmpty()) {
            var byFeed = new LinkedHashMap<String, List<Publication>>();
            batch.forEach(one -> byFeed.computeIfAbsent(one.feed(), feed -> new ArrayList<>())
                    .add(one));
            byFeed.forEach((feed, all) -> send(feed, all, false));
            synchronized (lock) {
                batch.forEach(one -> characters -= one.weight());
            }
            batch = next();
        }
    }

    /** Waits for publications; none when it is closed and all are done. */
    private List<Publication> next() {
        var batch = new ArrayList<Publication>();
        synchronized (lock) {
            while (waiting.isEmpty() && !isClosed) {
                await(0);
            }
            while (!waiting.isEmpty() && batch.size() < MOST_IN_BATCH) {
                batch.add(waiting.remove());
            }
        }
        return batch;
    }

    private void send(String feed, List<Publication> all, boolean isRepeated) {
        var left = new ArrayList<>(all);
        var backOff = new BackOff();
        for (boolean isAgain = isRepeated; !left.isEmpty(); isAgain = true) {
            try {
                List<FeedId> ids = sender.send(feed, left, isAgain);
                for (int i = 0; i < left.size(); i++) {
                    left.get(i).complete(ids.get(i));
                }
                return;
            } catch (Exception | Error e) { // an Error, such as that of memory: or nobody would publish ever again
                if (e instanceof Exception fault && sender.isFinal(fault)) {
                    failOne(feed, left, fault);
                    return;
                }
                giveUp(left, e);
                pause(backOff.nextMillis());
            }
        }
    }

    /** One of them is wrong: each is sent alone, so that the others get through. */
    private void failOne(String feed, List<Publication> all, Exception fault) {
        if (all.size() == 1) {
            LOG.error("An item of the feed {} can't be stored", feed, fault);
            all.get(0).fail(fault);
        } else {
            all.forEach(one -> send(feed, List.of(one), true));
        }
    }

    private void giveUp(List<Publication> left, Throwable fault) {
        boolean isEnd;
        synchronized (lock) {
            isEnd = isClosed;
        }
        List<Publication> given = left.stream()
                .filter(one -> isEnd || System.nanoTime() - one.deadlineNanos() > 0)
                .toList();
        if (!given.isEmpty()) {
            LOG.error(
                    "{} items of the feed {} are given up",
                    given.size(),
                    given.get(0).feed(),
                    fault);
        }
        given.forEach(
                one -> one.fail(later("What was published can't be stored now.").withCause(fault)));
        left.removeAll(given);
    }

    private void pause(long millis) {
        synchronized (lock) {
            if (!isClosed) {
                await(millis); // a publication may end it earlier, which does no harm
            }
        }
    }

    private void await(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException e) {
            isClosed = true; // nobody interrupts this thread but for its end
        }
    }

    /** Takes no more, and waits a little for those that are on their way. */
    @Override
    public void close() {
        synchronized (lock) {
            isClosed = true;
            lock.notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever stops the application waits no longer
        }
    }
}
