package dev.bistro.incidents;

import static dev.bistro.incidents.Lab.outcome;

import dev.bistro.incidents.Probe.Seen;
import dev.bistro.incidents.Row.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Incidents of connections that are left, held or cut, and of loops that others' code holds up. */
final class ConnectionRows {
    private static final List<String> STREAMS = List.of("/stream/writer", "/stream/input", "/stream/iterator", "/feed");
    private static final int SMALL_BUFFER = 8_192;
    private static final double LOOP_MILLIS = 200;

    private ConnectionRows() {}

    static final List<Row> ALL = List.of(
            Row.of(
                    "lingering",
                    "3 MB are answered with Connection: close, and one more request comes meanwhile: all of it, 20 "
                            + "times of 20",
                    ConnectionRows::lingering),
            Row.of(
                    "left-dependent",
                    "clients leave requests whose dependent stage takes a second: others wait 200 ms at the most",
                    lab -> leave(lab, "/pending/dependent")),
            Row.of(
                    "left-filter",
                    "clients leave requests whose filter takes a second: others wait 200 ms at the most",
                    lab -> leave(lab, "/pending/filtered")),
            Row.of(
                    "slow-encoder",
                    "a feed's encoder takes 1 ms for each of 1,000 items: others wait 200 ms at the most",
                    ConnectionRows::slowEncoder),
            Row.of(
                    "websocket-gone",
                    "10 clients gone while a handler's stage never completes: no descriptor left after the ping "
                            + "deadline",
                    ConnectionRows::webSocketGone,
                    "--server.websocket.ping-interval=1s"),
            Row.of(
                    "silent",
                    "100 silent connections at the limit, head-timeout 2 s: somebody else gets in within 3 s, and "
                            + "they are closed without a byte",
                    ConnectionRows::silent,
                    "--server.max-connections=100",
                    "--server.head-timeout=2s"),
            Row.of(
                    "idle-give-way",
                    "100 idle connections at the limit: somebody else gets in, as soon as one has been idle for a "
                            + "second (1.5 s)",
                    ConnectionRows::idleGiveWay,
                    "--server.max-connections=100"),
            Row.of(
                    "stream-not-taken",
                    "streams that nobody takes, write-timeout 2 s: each is held for 1.5 to 3.5 s",
                    ConnectionRows::streamNotTaken,
                    "--server.write-timeout=2s"),
            Row.of(
                    "stream-slowly-taken",
                    "streams of which 32 KiB are taken a second, write-timeout 2 s: none is cut in 8 s",
                    ConnectionRows::streamSlowlyTaken,
                    "--server.write-timeout=2s"),
            Row.of(
                    "stop-pending",
                    "SIGTERM with five pending answers, stop-timeout 2 s: five 503, and the process ends",
                    ConnectionRows::stopPending,
                    "--server.stop-timeout=2s"),
            Row.of(
                    "followers",
                    "1,000 followers of an event stream, one message: the last has it after 25 ms (median of 30)",
                    ConnectionRows::followers));

    private static Outcome lingering(Lab lab) throws Exception {
        int whole = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            Client client =
                    lab.clients.open(Client.get("/big", "Connection: close")).withoutReading();
            lab.clients.run(30);
            client.take(10_000);
            client.send(Client.get("/hello"));
            lab.clients.run(30);
            long end = System.nanoTime() + 1_000_000_000;
            while (client.isOpen() && System.nanoTime() < end) {
                client.take(65_536);
                lab.clients.run(1);
            }
            whole += client.answers.bodyBytes() == 3_000_000 ? 1 : 0;
            least = Math.min(least, client.answers.bodyBytes());
        }
        return outcome(whole == 20, "%d of 20 whole, the shortest %,d bytes", whole, least);
    }

    private static Outcome leave(Lab lab, String target) throws Exception {
        lab.warmUp("/hello");
        Probe probe = lab.probe();
        byte[] request = Client.get(target);
        List<Client> clients = lab.clients.open(8, i -> request);
        lab.clients.run(500);
        clients.forEach(Client::close);
        lab.clients.run(3_000);
        Seen others = probe.stop();
        return outcome(others.allWithin(LOOP_MILLIS), "others: %s", others);
    }

    private static Outcome slowEncoder(Lab lab) throws Exception {
        lab.warmUp("/hello");
        Probe probe = lab.probe();
        List<Client> early =
                lab.clients.open(4, i -> Client.get("/feed/slow/" + i + "?since=latest", "Accept: text/event-stream"));
        lab.clients.run(500);
        lab.clients.open(4, i -> Client.post("/feed/slow/" + i, 0, 0));
        lab.clients.run(2_500);
        List<Client> late = lab.clients.open(4, i -> Client.get("/feed/slow/" + i, "Accept: application/x-ndjson"));
        lab.clients.run(2_500);
        Seen others = probe.stop();
        return outcome(
                others.allWithin(LOOP_MILLIS)
                        && Stream.concat(early.stream(), late.stream())
                                .allMatch(each -> each.answers.bodyBytes() > 10_000),
                "others: %s; first follower %,d bytes, last %,d",
                others,
                early.get(0).answers.bodyBytes(),
                late.get(3).answers.bodyBytes());
    }

    private static Outcome webSocketGone(Lab lab) throws Exception {
        lab.warmUp("/hello");
        int before = lab.restingDescriptors();
        byte[] handshake = Client.get(
                "/ws/hanging",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
        List<Client> clients = lab.clients.open(10, i -> handshake);
        lab.clients.runUntil(5_000, () -> clients.stream().allMatch(each -> each.answers.status() == 101));
        byte[] hi = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
        for (int i = 0; i < 30; i++) {
            clients.forEach(each -> each.send(hi));
        }
        lab.clients.run(300);
        int open = lab.server.descriptors() - before;
        for (int i = 0; i < clients.size(); i++) {
            if (i % 2 == 0) {
                clients.get(i).close();
            } else {
                clients.get(i).abort();
            }
        }
        lab.awaitDescriptors(before, 4_000);
        int left = lab.server.descriptors() - before;
        return outcome(open == 10 && left <= 0, "%d descriptors left of %d", left, open);
    }

    private static Outcome silent(Lab lab) throws Exception {
        List<Client> silent = lab.clients.open(100, i -> new byte[0]);
        lab.clients.run(300);
        double seconds = secondsToGetIn(lab, 8_000);
        lab.clients.runUntil(4_000, () -> silent.stream().noneMatch(Client::isOpen));
        boolean quiet = silent.stream().allMatch(Client::isUnanswered);
        return outcome(seconds <= 3 && quiet, "in after %.1f s; the silent ones: %s", seconds, Clients.tally(silent));
    }

    private static Outcome idleGiveWay(Lab lab) throws Exception {
        byte[] hello = Client.get("/hello");
        List<Client> idle = lab.clients.open(100, i -> hello);
        lab.clients.runUntil(3_000, () -> idle.stream().allMatch(each -> each.isSettled(1)));
        double seconds = secondsToGetIn(lab, 5_000);
        return outcome(
                seconds <= 1.5,
                "in after %.1f s; %d idle ones are left",
                seconds,
                lab.clients.count(each -> each.isOpen() && idle.contains(each)));
    }

    /** Infinite where there is no answer. */
    private static double secondsToGetIn(Lab lab, long millis) throws IOException {
        long start = System.nanoTime();
        Client client = lab.clients.open(Client.get("/hello"));
        lab.clients.runUntil(millis, () -> client.isSettled(1));
        return client.answers.status() == 200 ? (System.nanoTime() - start) / 1e9 : Double.POSITIVE_INFINITY;
    }

    private static List<Client> streams(Lab lab, int each) throws Exception {
        for (int i = 0; i < each * STREAMS.size(); i++) {
            lab.clients
                    .open(
                            Client.get(STREAMS.get(i % STREAMS.size()), "Accept: text/plain, text/event-stream"),
                            SMALL_BUFFER)
                    .withoutReading();
        }
        lab.clients.run(100);
        return lab.clients.all();
    }

    private static Outcome streamNotTaken(Lab lab) throws Exception {
        lab.warmUp("/hello");
        lab.server.ask("publish 1000 8000");
        int before = lab.restingDescriptors();
        long start = System.nanoTime();
        streams(lab, 3);
        int open = lab.server.descriptors() - before;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.POSITIVE_INFINITY;
        while (last == Double.POSITIVE_INFINITY && System.nanoTime() - start < 9_000_000_000L) {
            int now = lab.server.descriptors() - before;
            double seconds = (System.nanoTime() - start) / 1e9;
            first = now < open ? Math.min(first, seconds) : first;
            last = now <= 0 ? seconds : last;
            lab.clients.run(50);
        }
        int left = lab.server.descriptors() - before;
        return outcome(
                open == 12 && first >= 1.5 && last <= 3.5,
                "%d held, the first for %.1f s, the last for %.1f s, %d longer",
                open,
                first,
                last,
                left);
    }

    private static Outcome streamSlowlyTaken(Lab lab) throws Exception {
        lab.server.ask("publish 1000 8000");
        List<Client> clients = streams(lab, 3);
        for (int i = 0; i < 64; i++) {
            clients.stream().filter(Client::isOpen).forEach(each -> each.take(4_096));
            lab.clients.run(125);
        }
        // A stream that the server has cut still has bytes to be read: its end comes behind them.
        for (int i = 0; i < 200; i++) {
            clients.stream().filter(Client::isOpen).forEach(each -> each.take(65_536));
            lab.clients.run(2);
        }
        int cut = lab.clients.count(each -> !each.isOpen());
        return outcome(cut == 0, "%d of %d cut", cut, clients.size());
    }

    private static Outcome stopPending(Lab lab) throws Exception {
        byte[] pending = Client.get("/pending");
        List<Client> clients = lab.clients.open(5, i -> pending);
        lab.clients.run(300);
        lab.server.terminate();
        lab.clients.runUntil(6_000, () -> clients.stream().allMatch(each -> each.isSettled(1)));
        boolean ended = lab.server.awaitEnd(3_000);
        boolean told = clients.stream().allMatch(each -> each.answers.complete() == 1 && each.answers.status() == 503);
        return outcome(told && ended, "%s; process %s", Clients.tally(clients), lab.server.state());
    }

    private static Outcome followers(Lab lab) throws Exception {
        List<Client> clients =
                lab.clients.open(1_000, i -> Client.get("/feed?since=latest", "Accept: text/event-stream"));
        lab.clients.runUntil(5_000, () -> clients.stream().allMatch(each -> each.answers.status() == 200));
        while (lab.server.ask("followers") < clients.size()) {
            Thread.sleep(5);
        }
        var last = new Latencies();
        for (int i = 0; i < 40; i++) {
            lab.clients.run(50);
            long before =
                    clients.stream().mapToLong(each -> each.answers.bodyBytes()).sum();
            long start = System.nanoTime();
            lab.server.tell("publish 1 100");
            lab.clients.runUntil(2_000, () -> bytes(clients) >= before + clients.size() * 100L);
            if (i >= 10) {
                last.add(System.nanoTime() - start);
            }
        }
        return outcome(
                last.percentile(50) <= 25,
                "the last after %.1f ms (median of %d, worst %.1f)",
                last.percentile(50),
                last.count(),
                last.percentile(100));
    }

    private static long bytes(List<Client> clients) {
        long sum = 0;
        for (Client each : clients) {
            sum += each.answers.bodyBytes();
        }
        return sum;
    }
}
