package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Kind;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of the cluster: those that read, write and publish until they are told to stop, and followers. */
final class Load {
    private static final int PER_KIND = 4;
    private static final int FOLLOWERS_PER_KIND = 3;
    private static final long PAUSE_MILLIS = 8;
    private static final long PAUSE_OF_PUBLISHERS_MILLIS = 25;
    private static final long PAUSE_AFTER_A_FAULT_MILLIS = 200;

    private final Journal entries = new Journal();
    private final Journal messages = new Journal();
    private final List<Follower> followers = new ArrayList<>();
    private final Clients clients;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean isOn = true;

    private interface Step {
        /** Sends one request; false if it didn't get what it asked for. */
        boolean take(String key) throws InterruptedException;
    }

    Load(Clients clients) {
        this.clients = clients;
    }

    void start() {
        for (int i = 0; i < FOLLOWERS_PER_KIND; i++) {
            followers.add(new PollFollower("poll" + i, clients));
            followers.add(new EventFollower("events" + i, clients));
            followers.add(new SocketFollower("socket" + i, clients, messages, this));
        }
        followers.forEach(follower -> run(follower, follower.toString()));
        for (int i = 0; i < PER_KIND; i++) {
            repeat("write" + i, PAUSE_MILLIS, this::write);
            repeat("read" + i, PAUSE_MILLIS, this::read);
            repeat("post" + i, PAUSE_OF_PUBLISHERS_MILLIS, this::publish);
        }
    }

    private void repeat(String name, long pauseMillis, Step step) {
        busy.incrementAndGet();
        run(
                () -> {
                    try {
                        for (int i = 1; isOn; i++) {
                            Thread.sleep(step.take(name + "-" + i) ? pauseMillis : PAUSE_AFTER_A_FAULT_MILLIS);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        busy.decrementAndGet();
                    }
                },
                name);
    }

    private static void run(Runnable code, String name) {
        var thread = new Thread(code, name);
        thread.setDaemon(true);
        thread.start();
    }

    private boolean write(String key) throws InterruptedException {
        return post("/entries", "{\"key\":\"" + key + "\",\"amount\":1}", key, Kind.WRITE, entries);
    }

    private boolean publish(String key) throws InterruptedException {
        return post("/messages", "{\"text\":\"" + key + "\"}", key, Kind.PUBLICATION, messages);
    }

    private boolean post(String path, String body, String key, Kind kind, Journal journal) throws InterruptedException {
        journal.sends(key);
        HttpRequest.Builder request = clients.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        boolean isAcknowledged = clients.exchange(kind, request).isPresent();
        if (isAcknowledged) {
            journal.acknowledges(key);
        }
        return isAcknowledged;
    }

    /** Reads what is there: the first entry of a writer. Until that is written, it is content with none. */
    private boolean read(String key) throws InterruptedException {
        String written = key.replaceFirst("read", "write").replaceFirst("-.*", "-1");
        return !entries.acknowledged().contains(written)
                || clients.exchange(Kind.READ, clients.request("/entries/" + written))
                        .isPresent();
    }

    boolean isOn() {
        return isOn;
    }

    /** No more is written, read and published; returns when all of that is answered. Followers go on. */
    void stop() throws InterruptedException {
        isOn = false;
        while (busy.get() > 0) {
            Thread.sleep(20);
        }
    }

    Journal entries() {
        return entries;
    }

    Journal messages() {
        return messages;
    }

    List<Follower> followers() {
        return followers;
    }
}
