package dev.bistro.incidents;

import static dev.bistro.incidents.Lab.outcome;

import dev.bistro.incidents.Probe.Seen;
import dev.bistro.incidents.Row.Outcome;
import java.io.IOException;
import java.util.List;

/** Incidents in which handlers wait. */
final class ThreadRows {
    private static final int FEW_THREADS = 48;

    private ThreadRows() {}

    static final List<Row> ALL = List.of(
            Row.of(
                    "hang",
                    "a quick handler begins to hang, 1,000 clients: at most 32 workers, /hello at p99 < 10 ms, max < "
                            + "250 ms",
                    ThreadRows::hang),
            Row.of(
                    "rare-slow",
                    "60 runs of 3 s a second among 9,000 quick ones: at most 32 workers",
                    ThreadRows::rareSlow),
            Row.of(
                            "few-threads-hang",
                            "48 threads, 150 hangs: all are answered, or 503; afterwards one that waits delays "
                                    + "others by 250 ms at the most",
                            ThreadRows::fewThreadsHang)
                    .withThreads(FEW_THREADS),
            Row.of(
                            "few-threads-blocking",
                            "48 threads, 150 requests to a @Blocking endpoint: each gets 200 or 503",
                            ThreadRows::fewThreadsBlocking)
                    .withThreads(FEW_THREADS),
            Row.of(
                    "pipelined-runs",
                    "300 pipelined runs of 5 ms: at most 20 of them on a loop's thread",
                    ThreadRows::pipelinedRuns),
            Row.of(
                    "interrupt",
                    "the leaders of the loops are interrupted: less than 20 % of a core, and no handler is",
                    ThreadRows::interrupt),
            Row.of(
                    "slow-downloads",
                    "300 clients take nothing of their downloads: a blocking endpoint at p99 < 100 ms",
                    ThreadRows::slowDownloads));

    private static Outcome hang(Lab lab) throws Exception {
        lab.warmUp("/hello");
        lab.warmUp("/backend");
        int before = lab.server.threads();
        Probe probe = lab.probe();
        byte[] hanging = Client.get("/backend?millis=12000");
        lab.clients.open(1_000, i -> hanging);
        lab.clients.run(4_000);
        int more = lab.server.threads() - before;
        int workers = lab.server.workers();
        Seen meanwhile = probe.stop();
        return outcome(
                more <= lab.threadsAllowed()
                        && workers <= Lab.WORKERS_ALLOWED
                        && meanwhile.p99Within(10)
                        && meanwhile.allWithin(250),
                "%d workers, %d threads more; %s",
                workers,
                more,
                meanwhile);
    }

    private static Outcome rareSlow(Lab lab) throws Exception {
        lab.warmUp("/backend");
        int before = lab.server.threads();
        for (int i = 0; i < 32; i++) {
            lab.clients.open(new byte[0]).repeating(Client.get("/backend"), 3_500_000, 0);
        }
        byte[] slow = Client.get("/backend?millis=3000");
        for (int i = 0; i < 200; i++) {
            lab.clients.open(new byte[0]).repeating(slow, 3_333_333_333L, i * 16_666_667L);
        }
        int most = 0;
        int workers = 0;
        for (int i = 0; i < 10; i++) {
            lab.clients.run(1_000);
            most = Math.max(most, lab.server.threads() - before);
            workers = Math.max(workers, lab.server.workers());
        }
        return outcome(
                most <= lab.threadsAllowed() && workers <= Lab.WORKERS_ALLOWED,
                "%d workers, %d threads more; %d answers, p50 %.1f ms",
                workers,
                most,
                lab.clients.latencies().count(),
                lab.clients.latencies().percentile(50));
    }

    private static Outcome fewThreadsHang(Lab lab) throws Exception {
        lab.warmUp("/hello");
        lab.warmUp("/backend");
        byte[] hanging = Client.get("/backend?millis=1000");
        List<Client> clients = lab.clients.open(150, i -> hanging);
        lab.clients.runUntil(12_000, () -> clients.stream().allMatch(each -> each.isSettled(1)));
        String tally = Clients.tally(clients);
        boolean answered = clients.stream().allMatch(each -> each.answers.complete() == 1);
        clients.forEach(Client::close);
        Probe probe = lab.probe();
        Thread.sleep(500);
        byte[] waiting = Client.get("/wait?millis=1500");
        lab.clients.open(2, i -> waiting);
        lab.clients.run(1_500);
        Seen afterwards = probe.stop();
        return outcome(answered && afterwards.allWithin(250), "hangs: %s; afterwards %s", tally, afterwards);
    }

    private static Outcome fewThreadsBlocking(Lab lab) throws Exception {
        byte[] blocking = Client.get("/blocking?millis=300");
        List<Client> clients = lab.clients.open(150, i -> blocking);
        lab.clients.runUntil(8_000, () -> clients.stream().allMatch(each -> each.isSettled(1)));
        boolean answered = clients.stream().allMatch(each -> List.of(200, 503).contains(each.answers.status()));
        return outcome(answered, "%s", Clients.tally(clients));
    }

    private static Outcome pipelinedRuns(Lab lab) throws Exception {
        String apart = text(lab, Client.get("/kind/blocking"));
        Client client = lab.clients.open(
                Client.ascii("GET /kind/learned?millis=5 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(300)));
        var seen = new int[2]; // how many answers there were, and how many of them from a loop's thread
        lab.clients.runUntil(5_000, () -> {
            int complete = client.answers.complete();
            if (complete > seen[0] && !client.answers.text().equals(apart)) {
                seen[1] += complete - seen[0];
            }
            seen[0] = complete;
            return client.isSettled(300);
        });
        return outcome(
                seen[0] == 300 && seen[1] <= 20,
                "%d of %d on a loop's thread (otherwise: %s)",
                seen[1],
                seen[0],
                apart);
    }

    private static String text(Lab lab, byte[] request) throws IOException {
        Client client = lab.clients.open(request);
        lab.clients.runUntil(5_000, () -> client.isSettled(1));
        return client.answers.text();
    }

    private static Outcome interrupt(Lab lab) throws Exception {
        lab.warmUp("/hello");
        byte[] asking = Client.get("/interrupted");
        List<Client> clients = lab.clients.open(8, i -> asking);
        lab.clients.runUntil(2_000, () -> clients.stream().allMatch(each -> each.isSettled(1)));
        Thread.sleep(500);
        long interrupted = lab.server.ask("interrupt");
        double before = lab.server.processorSeconds();
        Thread.sleep(1_500);
        double share = (lab.server.processorSeconds() - before) / 1.5;
        lab.server.ask("interrupt");
        clients.forEach(each -> each.send(asking));
        lab.clients.runUntil(2_000, () -> clients.stream().allMatch(each -> each.isSettled(2)));
        long told = clients.stream()
                .filter(each -> each.answers.text().equals("true"))
                .count();
        boolean answered = clients.stream().allMatch(each -> each.answers.complete() == 2);
        return outcome(
                share < 0.2 && told == 0 && answered && interrupted > 0,
                "%d interrupted, %.0f %% of a core, %d of 8 handlers interrupted",
                interrupted,
                share * 100,
                told);
    }

    private static Outcome slowDownloads(Lab lab) throws Exception {
        lab.warmUp("/blocking?millis=1");
        List<String> shapes = List.of("writer", "input", "iterator");
        for (int i = 0; i < 300; i++) {
            lab.clients.open(Client.get("/stream/" + shapes.get(i % 3)), 8_192).withoutReading();
        }
        lab.clients.run(1_500);
        Seen meanwhile = lab.probeFor(3_000, "/blocking?millis=10");
        return outcome(meanwhile.p99Within(100), "%s", meanwhile);
    }
}
