package dev.bistro.incidents;

import static dev.bistro.incidents.Lab.outcome;

import dev.bistro.incidents.Probe.Seen;
import dev.bistro.incidents.Row.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Incidents in which memory ends, or is kept. */
final class MemoryRows {
    private static final int BODY = 2_000_000;
    private static final int MIB = 1 << 20;
    private static final double WITHIN_MILLIS = 100;

    private MemoryRows() {}

    static final List<Row> ALL = List.of(
            Row.of(
                    "bodies-256m",
                    "300 clients send 1.9 MB of 2 MB and stop: /hello meanwhile and afterwards at p99 < 100 ms",
                    lab -> halfBodies(lab, 300, 1_900_000),
                    "-Xmx256m"),
            Row.of(
                    "bodies-64m",
                    "200 clients send 1 MB of 2 MB and stop: /hello meanwhile and afterwards at p99 < 100 ms",
                    lab -> halfBodies(lab, 200, 1_000_000),
                    "-Xmx64m"),
            Row.of(
                    "uploads-64m",
                    "1,000 clients of 500 ms are answered 1,950 times a second (480 before 21); 200 uploads of 1 MiB "
                            + "get 200, 413 or 503; normal service within a second",
                    MemoryRows::uploads,
                    "-Xmx64m"),
            Row.of(
                    "memory-ends",
                    "all memory is taken for 3 s while 200 connections a second come: served again, no descriptor "
                            + "left, stops on SIGTERM",
                    MemoryRows::memoryEnds,
                    "-Xmx64m"),
            Row.of(
                    "native-streams",
                    "1,000 compressed streams left half way: less than 30 MiB of native memory more",
                    MemoryRows::nativeStreams,
                    "-Xms1500m",
                    "-Xmn1400m",
                    "-Xmx1500m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC"),
            Row.of("empty-gzip", "2 MB of empty gzip members: 400, less than 1 KB of log", MemoryRows::emptyGzip),
            Row.of(
                    "pipelined-heap",
                    "500 connections with 60 KB pipelined behind a pending request: 16 KiB of heap each at the most",
                    MemoryRows::pipelinedHeap));

    private static Outcome halfBodies(Lab lab, int count, int sent) throws Exception {
        lab.warmUp("/hello");
        Probe probe = lab.probe();
        byte[] request = Client.post("/upload", BODY, sent);
        List<Client> uploads = lab.clients.open(count, i -> request);
        lab.clients.run(6_000);
        Seen meanwhile = probe.stop();
        String tally = Clients.tally(uploads);
        int cut = lab.clients.count(Client::isUnanswered);
        uploads.forEach(Client::close);
        Seen after = lab.probeFor(1_500);
        return outcome(
                meanwhile.p99Within(WITHIN_MILLIS)
                        && after.p99Within(WITHIN_MILLIS)
                        && cut == 0
                        && lab.server.isAlive(),
                "meanwhile %s; afterwards %s; uploads: %s; process %s",
                meanwhile,
                after,
                tally,
                lab.server.state());
    }

    private static Outcome uploads(Lab lab) throws Exception {
        byte[] waiting = Client.get("/wait?millis=500");
        for (int i = 0; i < 1_000; i++) {
            lab.clients.open(new byte[0]).repeating(waiting, 0, i * 500_000L);
        }
        lab.clients.run(4_000);
        lab.clients.measure();
        lab.clients.run(3_000);
        double rate = lab.clients.latencies().count() / 3.0;
        byte[] request = Client.post("/upload", MIB, MIB);
        List<Client> uploads = lab.clients.open(200, i -> request);
        lab.clients.runUntil(6_000, () -> uploads.stream().allMatch(each -> each.isSettled(1)));
        String tally = Clients.tally(uploads);
        boolean clean = uploads.stream().allMatch(each -> List.of(200, 413, 503).contains(each.answers.status()));
        long lost = lab.clients.count(each -> !each.isOpen())
                - uploads.stream().filter(each -> !each.isOpen()).count();
        lab.clients.all().forEach(Client::close);
        Thread.sleep(1_000);
        Seen after = lab.probeFor(1_500);
        int asked = lab.version >= 21 ? 1_950 : 480;
        return outcome(
                rate >= asked && clean && lost == 0 && after.p99Within(WITHIN_MILLIS),
                "%.0f/s; uploads: %s; %d of the others lost; afterwards %s; process %s",
                rate,
                tally,
                lost,
                after,
                lab.server.state());
    }

    private static Outcome memoryEnds(Lab lab) throws Exception {
        lab.warmUp("/hello");
        int before = lab.restingDescriptors();
        lab.server.tell("hoard 3000");
        byte[] request = Client.get("/hello");
        for (int i = 0; i < 600; i++) {
            lab.clients.open(request);
            lab.clients.run(5);
        }
        lab.clients.run(500);
        String tally = Clients.tally(lab.clients.all());
        lab.clients.all().forEach(Client::close);
        boolean clean = lab.awaitDescriptors(before, 3_000);
        int left = lab.server.descriptors() - before;
        Seen after = lab.probeFor(1_500);
        lab.server.terminate();
        boolean ended = lab.server.awaitEnd(5_000);
        return outcome(
                clean && ended && after.p99Within(WITHIN_MILLIS),
                "meanwhile %s; %d descriptors left; afterwards %s; after SIGTERM %s",
                tally,
                left,
                after,
                lab.server.state());
    }

    private static Outcome nativeStreams(Lab lab) throws Exception {
        lab.server.ask("publish 1000 1000");
        leaveStreams(lab, 100);
        long before = lab.server.resident();
        leaveStreams(lab, 1_000);
        Thread.sleep(1_000);
        double more = (lab.server.resident() - before) / (double) MIB;
        return outcome(more < 30, "%.0f MiB more", more);
    }

    private static void leaveStreams(Lab lab, int count) throws IOException {
        List<String> targets = List.of("/stream/writer", "/stream/input", "/stream/iterator", "/feed");
        for (int done = 0; done < count; done += 50) {
            List<Client> streams = lab.clients.open(
                    50,
                    i -> Client.get(
                            targets.get(i % targets.size()),
                            "Accept: text/plain, text/event-stream",
                            "Accept-Encoding: gzip"));
            lab.clients.runUntil(
                    2_000, () -> streams.stream().allMatch(each -> each.answers.bodyBytes() > 0 || !each.isOpen()));
            streams.forEach(Client::close);
        }
    }

    private static Outcome emptyGzip(Lab lab) throws Exception {
        var member = new ByteArrayOutputStream();
        new GZIPOutputStream(member).close();
        var body = new ByteArrayOutputStream();
        body.write(Client.ascii("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: "
                + 100_000 * member.size() + "\r\n\r\n"));
        for (int i = 0; i < 100_000; i++) {
            member.writeTo(body);
        }
        long before = lab.server.logBytes();
        Client client = lab.clients.open(body.toByteArray());
        lab.clients.runUntil(5_000, () -> client.isSettled(1));
        lab.clients.run(300);
        long log = lab.server.logBytes() - before;
        return outcome(
                client.answers.status() == 400 && log < 1_000,
                "%s, %,d bytes of log",
                Clients.tally(List.of(client)),
                log);
    }

    private static Outcome pipelinedHeap(Lab lab) throws Exception {
        lab.warmUp("/hello");
        long before = lab.server.ask("heap");
        byte[] pipelined = Client.ascii("GET /pending HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60_000 / 40));
        lab.clients.open(500, i -> pipelined);
        lab.clients.run(3_000);
        double each = (lab.server.ask("heap") - before) / 500.0 / 1_024;
        return outcome(each <= 16, "%.1f KiB each", each);
    }
}
