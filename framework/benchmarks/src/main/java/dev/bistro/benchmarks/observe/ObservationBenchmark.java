package dev.bistro.benchmarks.observe;

import dev.bistro.benchmarks.server.BenchmarkApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs that a server is observed: its processor time for each request with metrics, the access log and traces,
 * each on and off, in interleaved rounds. Requests are pipelined, 16 deep, so that what the system costs hides less of
 * it. Arguments: how many rounds (5), how many seconds for each (4). Needs {@code wrk}.
 */
public final class ObservationBenchmark {
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final List<String> PATHS = List.of("/plaintext", "/api/products/7");
    private static final int CONNECTIONS = 64;

    private static final String PIPELINED = """
            init = function(args)
              local all = {}
              for i = 1, 16 do all[i] = wrk.format() end
              pipelined = table.concat(all)
            end
            request = function() return pipelined end
            """;

    /** What each server has on; the first is what the others are compared with. */
    private static final Map<String, List<String>> SERVERS = new LinkedHashMap<>();

    static {
        String plain = BenchmarkApplication.class.getName();
        String traced = TracedApplication.class.getName();
        SERVERS.put("off", List.of(plain));
        SERVERS.put("metrics", List.of(plain, "--metrics.enabled=true"));
        SERVERS.put("access log, common", List.of(plain, "--server.access-log=common"));
        SERVERS.put("access log, json", List.of(plain, "--server.access-log=json"));
        SERVERS.put("metrics and json", List.of(plain, "--metrics.enabled=true", "--server.access-log=json"));
        SERVERS.put("traces, one in a hundred sampled", List.of(traced, "0.01"));
        SERVERS.put("traces, all sampled", List.of(traced, "1"));
    }

    private final Path folder;
    private final int seconds;
    private final Path script;
    private final Map<String, Map<String, List<Double>>> nanos = new LinkedHashMap<>(); // by path and server

    private ObservationBenchmark(Path folder, int seconds) throws IOException {
        this.folder = folder;
        this.seconds = seconds;
        this.script = Files.writeString(folder.resolve("pipelined.lua"), PIPELINED);
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        new ObservationBenchmark(Files.createTempDirectory("bistro-observed"), seconds).run(rounds);
    }

    private void run(int rounds) throws Exception {
        var servers = new ArrayList<ObservedServer>();
        try {
            for (var server : SERVERS.entrySet()) {
                Path log = folder.resolve(server.getKey().replaceAll("\\W+", "-") + ".log");
                servers.add(ObservedServer.start(server.getKey(), log, server.getValue()));
            }
            for (int i = 0; i <= rounds; i++) {
                if (i == 1) {
                    nanos.clear(); // the first round compiles
                }
                for (String path : PATHS) {
                    for (ObservedServer server : servers) {
                        measure(path, server);
                    }
                }
            }
        } finally {
            servers.forEach(ObservedServer::close);
        }
        print();
    }

    private void measure(String path, ObservedServer server) throws Exception {
        double before = server.processorSeconds();
        long count = wrk(path, server);
        double used = server.processorSeconds() - before;
        nanos.computeIfAbsent(path, added -> new LinkedHashMap<>())
                .computeIfAbsent(server.name(), added -> new ArrayList<>())
                .add(used * 1e9 / count);
    }

    private long wrk(String path, ObservedServer server) throws Exception {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + seconds,
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + server.port() + path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find() || output.contains("Non-2xx")) {
            throw new IOException(server.name() + ": " + output);
        }
        return Long.parseLong(requests.group(1));
    }

    /** The difference is the median of those of each round, since the machine may be slower in one than in the next. */
    private void print() {
        System.out.println("| server CPU ns per request, pipelined | "
                + String.join(
                        " | ",
                        PATHS.stream().map(path -> path + " | more than off").toList()) + " |");
        System.out.println("|---|" + "--:|--:|".repeat(PATHS.size()));
        for (String server : SERVERS.keySet()) {
            var line = new StringBuilder("| " + server);
            for (String path : PATHS) {
                List<Double> own = nanos.get(path).get(server);
                line.append(" | ").append(figure(own)).append(" | ");
                line.append("%.0f".formatted(median(more(own, nanos.get(path).get("off")))));
            }
            System.out.println(line.append(" |"));
        }
    }

    private static List<Double> more(List<Double> some, List<Double> others) {
        var differences = new ArrayList<Double>();
        for (int i = 0; i < some.size(); i++) {
            differences.add(some.get(i) - others.get(i));
        }
        return differences;
    }

    private static String figure(List<Double> rounds) {
        double least = rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return "%.0f (%.0f–%.0f)".formatted(median(rounds), least, most);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
