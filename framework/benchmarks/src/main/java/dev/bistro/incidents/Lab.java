package dev.bistro.incidents;

import dev.bistro.incidents.Row.Outcome;
import java.io.IOException;
import java.util.Locale;

/** What an incident is brought about with: a server that has just started, and clients. */
final class Lab implements AutoCloseable {
    static final int WORKERS_ALLOWED = 32;
    private static final int WARM_UP = 2_000;

    final ServerProcess server;
    final Clients clients;
    /** The feature version of the server's JDK. */
    final int version;

    final int soakSeconds;

    Lab(ServerProcess server, int version, int soakSeconds) throws IOException {
        this.server = server;
        this.version = version;
        this.soakSeconds = soakSeconds;
        this.clients = new Clients(server.address());
    }

    static Outcome outcome(boolean met, String format, Object... values) {
        return new Outcome(met, String.format(Locale.ROOT, format, values));
    }

    Probe probe() {
        return probe("/hello");
    }

    Probe probe(String target) {
        return Probe.start(server.address(), target);
    }

    /** What others notice in so many milliseconds, while nothing else happens. */
    Probe.Seen probeFor(long millis, String target) throws InterruptedException {
        Probe probe = probe(target);
        Thread.sleep(millis);
        return probe.stop();
    }

    Probe.Seen probeFor(long millis) throws InterruptedException {
        return probeFor(millis, "/hello");
    }

    /** Has the endpoint called so often that it is compiled, and known as quick. */
    void warmUp(String target) throws IOException {
        try (var warming = new Clients(server.address())) {
            byte[] request = Client.get(target);
            for (int i = 0; i < 4; i++) {
                warming.open(new byte[0]).repeating(request, 0, 0);
            }
            warming.runUntil(5_000, () -> warming.latencies().count() >= WARM_UP);
        }
    }

    /**
     * Threads beyond those that were there: workers, and on Java 17 to 20 the pool of 256 that blocking handlers run
     * on.
     */
    int threadsAllowed() {
        return WORKERS_ALLOWED + (version < 21 ? 256 : 0);
    }

    /**
     * How many descriptors the server has when it has noticed that earlier clients have gone: as many as half a second
     * ago.
     */
    int restingDescriptors() throws IOException, InterruptedException {
        int before = server.descriptors();
        Thread.sleep(500);
        int now = server.descriptors();
        while (now != before) {
            before = now;
            Thread.sleep(500);
            now = server.descriptors();
        }
        return now;
    }

    /** Whether the server is down to so many descriptors in so many milliseconds. */
    boolean awaitDescriptors(int count, long millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (server.descriptors() > count) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        clients.close();
    }
}
