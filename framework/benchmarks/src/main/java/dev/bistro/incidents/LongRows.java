package dev.bistro.incidents;

import static dev.bistro.incidents.Lab.outcome;

import dev.bistro.incidents.Probe.Seen;
import dev.bistro.incidents.Row.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What only many faults, or a long time, show. */
final class LongRows {
    private static final int FAULTS = 10_000;
    private static final int AT_ONCE = 50;
    private static final double MIB = 1 << 20;
    private static final byte[] HANDSHAKE = Client.get(
            "/ws/echo",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");

    /** Requests that are cut anywhere, and whose connections are reset at any time. */
    private static final List<byte[]> REQUESTS = List.of(
            Client.get("/hello"),
            Client.get("/wait?millis=5"),
            Client.get("/blocking?millis=5"),
            Client.get("/big"),
            Client.get("/pending"),
            Client.post("/upload", 100_000, 100_000),
            Client.get("/stream/writer", "Accept-Encoding: gzip"),
            Client.get("/stream/input"),
            Client.get("/stream/iterator", "Accept-Encoding: gzip"),
            Client.get("/feed", "Accept: text/event-stream"),
            Client.get("/feed?since=latest&wait=30"),
            Client.ascii("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(30)),
            twice(HANDSHAKE, new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'}));

    private LongRows() {}

    static final Row FAULTS_ROW = Row.of(
            "faults",
            "10,000 connections reset in any state: no descriptor left, 32 threads more at the most (and the pool of "
                    + "256 before 21), 4 MiB of heap more at the most, normal service",
            LongRows::faults,
            "-Xmx256m");

    static final Row SOAK_ROW = Row.of(
            "soak",
            "all kinds of clients and faults for minutes: heap, native memory and descriptors stay the same (4 MiB, "
                    + "32 MiB, none more)",
            LongRows::soak,
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch");

    private static byte[] twice(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static Outcome faults(Lab lab) throws Exception {
        var random = new Random(1);
        breakOff(lab, random, 1_000);
        long heap = lab.server.ask("heap");
        int descriptors = lab.restingDescriptors();
        int threads = lab.server.threads();
        breakOff(lab, random, FAULTS);
        boolean clean = lab.awaitDescriptors(descriptors, 10_000);
        int left = lab.server.descriptors() - descriptors;
        double more = (lab.server.ask("heap") - heap) / MIB;
        int threadsMore = lab.server.threads() - threads;
        Seen after = lab.probeFor(1_000);
        return outcome(
                clean && more <= 4 && threadsMore <= lab.threadsAllowed() && after.p99Within(100),
                "%d descriptors left, %d threads more, %.1f MiB of heap more; afterwards %s",
                left,
                threadsMore,
                more,
                after);
    }

    private static void breakOff(Lab lab, Random random, int count) throws IOException {
        for (int done = 0; done < count; done += AT_ONCE) {
            var clients = new ArrayList<Client>();
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(fault(lab, random));
            }
            lab.clients.run(random.nextInt(20));
            clients.forEach(each -> {
                if (random.nextInt(4) == 0) {
                    each.close();
                } else {
                    each.abort();
                }
            });
            lab.clients.forgetEnded();
        }
    }

    private static Client fault(Lab lab, Random random) throws IOException {
        byte[] request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        boolean whole = random.nextBoolean();
        Client client = lab.clients.open(whole ? request : Arrays.copyOf(request, random.nextInt(request.length)));
        return random.nextInt(3) == 0 ? client.withoutReading() : client;
    }

    private static Outcome soak(Lab lab) throws Exception {
        long end = System.nanoTime() + lab.soakSeconds * 1_000_000_000L;
        long settled = System.nanoTime() + lab.soakSeconds * 1_000_000_000L / 5;
        var random = new Random(2);
        while (System.nanoTime() < settled) {
            everyday(lab, random);
        }
        Usage before = usage(lab);
        while (System.nanoTime() < end) {
            everyday(lab, random);
        }
        Usage after = usage(lab);
        double heap = (after.heap - before.heap) / MIB;
        double resident = (after.resident - before.resident) / MIB;
        int descriptors = after.descriptors - before.descriptors;
        Seen service = lab.probeFor(1_000);
        return outcome(
                heap <= 4 && resident <= 32 && descriptors <= 0 && service.p99Within(100),
                "%d s: %+.1f MiB of heap, %+.1f MiB resident, %+d descriptors; afterwards %s",
                lab.soakSeconds,
                heap,
                resident,
                descriptors,
                service);
    }

    /** Two seconds of clients that stay, and faults among them. */
    private static void everyday(Lab lab, Random random) throws IOException, InterruptedException {
        for (int i = 0; i < 8; i++) {
            lab.clients.open(new byte[0]).repeating(Client.get("/hello"), 2_000_000, 0);
            lab.clients.open(new byte[0]).repeating(Client.get("/blocking?millis=20"), 0, 0);
            lab.clients.open(new byte[0]).repeating(Client.post("/upload", 50_000, 50_000), 20_000_000, 0);
        }
        for (int i = 0; i < 8; i++) {
            breakOff(lab, random, AT_ONCE);
            lab.server.ask("publish 1 100");
            lab.clients.run(200);
        }
        lab.clients.all().forEach(Client::close);
        lab.clients.forgetEnded();
    }

    /** What the process has when nobody is there. */
    private record Usage(long heap, long resident, int descriptors) {}

    private static Usage usage(Lab lab) throws IOException, InterruptedException {
        Thread.sleep(1_000);
        return new Usage(lab.server.ask("heap"), lab.server.resident(), lab.server.descriptors());
    }
}
