package dev.bistro.benchmarks.requests;

import com.sun.management.ThreadMXBean;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.benchmarks.server.BenchmarkApplication;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request costs a server, of the threads that serve: the bytes that they allocate, and their processor time,
 * beside a loop that answers with canned bytes. The threads of the client are in the same process, and don't count.
 * Arguments: how many rounds (5), how many milliseconds for each (2000).
 */
public final class RequestBenchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: load\r\n";

    private record Row(String name, String request, int depth) {
        static Row get(String name, String path, int depth) {
            return new Row(name, "GET " + path + HEAD + "\r\n", depth);
        }
    }

    private static final List<Row> ROWS = List.of(
            Row.get("plaintext", "/plaintext", 1),
            Row.get("pipelined, 16 deep", "/plaintext", 16),
            Row.get("JSON", "/json", 1),
            Row.get("product by id", "/api/products/7", 1),
            Row.get("list of 20", "/api/products?limit=20&offset=0", 1),
            Row.get("file of 1 KiB", "/files/1k.bin", 1),
            new Row("POST", "POST /api/products" + HEAD + body("{\"name\":\"Widget\",\"price\":12.5}"), 1));

    private static String body(String json) {
        return "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }

    /** What a thread has used so far, or what was used for one request. */
    private record Use(double bytes, double nanos, double userNanos) {
        static final Use NONE = new Use(0, 0, 0);

        static Use ofThread(long id) {
            return new Use(
                    THREADS.getThreadAllocatedBytes(id), THREADS.getThreadCpuTime(id), THREADS.getThreadUserTime(id));
        }

        /** By the threads of a server that are alive. */
        static Map<Long, Use> ofThreads(String prefix) {
            var uses = new HashMap<Long, Use>();
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith(prefix)) {
                    Use use = ofThread(thread.getThreadId());
                    if (use.nanos >= 0) { // it hasn't ended meanwhile
                        uses.put(thread.getThreadId(), use);
                    }
                }
            }
            return uses;
        }

        /** What was used between two looks at the threads; one that has ended in between isn't counted at all. */
        static Use between(Map<Long, Use> before, Map<Long, Use> after) {
            Use sum = NONE;
            for (Map.Entry<Long, Use> thread : after.entrySet()) {
                sum = sum.plus(thread.getValue(), 1).plus(before.getOrDefault(thread.getKey(), NONE), -1);
            }
            return sum;
        }

        private Use plus(Use other, int sign) {
            return new Use(bytes + sign * other.bytes, nanos + sign * other.nanos, userNanos + sign * other.userNanos);
        }

        Use dividedBy(long requests) {
            return new Use(bytes / requests, nanos / requests, userNanos / requests);
        }
    }

    private final long nanos;
    private final Map<String, List<Use>> uses = new LinkedHashMap<>();

    private RequestBenchmark(long nanos) {
        this.nanos = nanos;
    }

    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 2_000;
        Path files = Files.createTempDirectory("bistro-files");
        Files.write(files.resolve("1k.bin"), new byte[1_024]);
        try (Server server = Bistro.app(BenchmarkApplication.class)
                .set("bench.files", files.toString())
                .port(0)
                .start()) {
            new RequestBenchmark(millis * 1_000_000).run(server.uri().getPort(), rounds);
        }
    }

    private void run(int port, int rounds) throws IOException {
        for (int i = -2; i < rounds; i++) {
            if (i == 0) {
                uses.clear(); // the first rounds compile
            }
            for (Row row : ROWS) {
                byte[] request = row.request.getBytes(StandardCharsets.US_ASCII);
                byte[] response;
                try (var load = new Load(port, request, row.depth)) {
                    response = load.response();
                    measure(row.name, "bistro-", load);
                }
                try (var canned = new CannedLoop(request.length, response);
                        var load = new Load(canned.port(), request, row.depth)) {
                    measure("canned " + row.name, CannedLoop.THREAD, load);
                }
            }
        }
        print();
    }

    private void measure(String name, String threads, Load load) throws IOException {
        load.run(nanos / 4); // its connections are new
        Map<Long, Use> before = Use.ofThreads(threads);
        long requests = load.run(nanos);
        Use used = Use.between(before, Use.ofThreads(threads));
        uses.computeIfAbsent(name, added -> new ArrayList<>()).add(used.dividedBy(requests));
    }

    private void print() {
        System.out.println("| | bytes | CPU µs | of it user | canned: CPU µs | ratio |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Row row : ROWS) {
            Use own = median(uses.get(row.name));
            Use canned = median(uses.get("canned " + row.name));
            System.out.printf(
                    "| %s | %.0f | %.2f | %.2f | %.2f | %.2f |%n",
                    row.name,
                    own.bytes,
                    own.nanos / 1_000,
                    own.userNanos / 1_000,
                    canned.nanos / 1_000,
                    own.nanos / canned.nanos);
        }
    }

    private static Use median(List<Use> all) {
        return new Use(
                median(all.stream().mapToDouble(Use::bytes).toArray()),
                median(all.stream().mapToDouble(Use::nanos).toArray()),
                median(all.stream().mapToDouble(Use::userNanos).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
