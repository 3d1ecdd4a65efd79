package dev.bistro.incidents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** What other clients notice meanwhile: a thread with four connections that asks for the same again and again. */
final class Probe {
    private static final int CONNECTIONS = 4;
    private static final long INTERVAL_NANOS = 5_000_000;

    /**
     * What they noticed.
     *
     * @param failed connections that ended
     */
    record Seen(double median, double p99, double max, int failed) {
        /** Whether nothing failed, and so many milliseconds were enough for 99 of 100. */
        boolean p99Within(double millis) {
            return failed == 0 && p99 <= millis;
        }

        /** Whether nothing failed, and so many milliseconds were enough. */
        boolean allWithin(double millis) {
            return failed == 0 && max <= millis;
        }

        @Override
        public String toString() {
            String times = String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.0f ms", median, p99, max);
            return failed == 0 ? times : times + ", " + failed + " failed";
        }
    }

    private final Thread thread = new Thread(this::run, "probe");
    private final InetSocketAddress address;
    private final byte[] request;
    private volatile boolean stopped;
    private volatile Seen seen;

    private Probe(InetSocketAddress address, String target) {
        this.address = address;
        this.request = Client.get(target);
    }

    static Probe start(InetSocketAddress address, String target) {
        var probe = new Probe(address, target);
        probe.thread.start();
        return probe;
    }

    Seen stop() throws InterruptedException {
        stopped = true;
        thread.join();
        return seen;
    }

    private void run() {
        int failed = 0;
        try (var clients = new Clients(address)) {
            while (!stopped) {
                int open = clients.count(Client::isOpen);
                for (int i = open; i < CONNECTIONS; i++) {
                    clients.open(new byte[0]).repeating(request, INTERVAL_NANOS, i * INTERVAL_NANOS / CONNECTIONS);
                }
                clients.runUntil(100, () -> stopped || clients.count(Client::isOpen) < CONNECTIONS);
                failed += clients.count(each -> !each.isOpen());
                clients.forgetEnded();
            }
            long now = System.nanoTime();
            clients.all().forEach(each -> clients.latencies().add(each.waiting(now)));
            Latencies all = clients.latencies();
            seen = new Seen(all.percentile(50), all.percentile(99), all.percentile(100), failed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
