package dev.bistro.benchmarks.database;

import dev.bistro.cluster.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a read and a write of a database cost by {@code @Transactional}, by hand, and with Spring: the processor time of
 * the server's process for each request, in interleaved rounds. The database is PostgreSQL, as what that does is in
 * processes of its own and isn't counted. Arguments: the class path of {@code peer.SpringPeer}, or nothing where it
 * isn't built; how many rounds (5); how many seconds for each (4). Needs {@code wrk}.
 */
public final class DatabaseBenchmark {
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final Pattern BISTRO_SAYS = Pattern.compile("listens on http://[^:]*:([0-9]+) ");
    private static final Pattern SPRING_SAYS = Pattern.compile("Tomcat started on port ([0-9]+) ");

    /** As many connections as the pool has, so that no request waits for one. */
    private static final int CONNECTIONS = 8;

    private static final int PRODUCTS = 1_000;
    private static final int WARM_UP_REQUESTS = 20_000;

    private static final String READ = """
            request = function() return wrk.format("GET", wrk.path .. "/products/" .. math.random(%d)) end
            """.formatted(PRODUCTS);

    private static final String WRITE = """
            wrk.headers["Content-Type"] = "application/json"
            request = function()
              local order = '{"product":' .. math.random(%d) .. ',"count":1}'
              return wrk.format("POST", wrk.path .. "/orders", nil, order)
            end
            """.formatted(PRODUCTS);

    /** Who is measured, and where it is. */
    private record Contender(String name, DatabaseServer server, String prefix) {}

    private final Path folder;
    private final int seconds;
    private final Map<String, Map<String, List<Double>>> micros = new LinkedHashMap<>(); // by load and contender

    private DatabaseBenchmark(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        String spring = args.length > 0 ? args[0] : "";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Path folder = Files.createTempDirectory("bistro-database");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // PostgreSQL has its user
        try (Stores stores = Stores.start(folder, false)) {
            new DatabaseBenchmark(folder, seconds).run(contenders(stores.url(), spring), rounds);
        }
        System.exit(0);
    }

    private static List<Contender> contenders(String url, String spring) throws IOException {
        List<String> settings = List.of(
                "--server.host=127.0.0.1",
                "--server.port=0",
                "--database.url=" + url,
                "--database.migrations=database",
                "--database.pool-size=" + CONNECTIONS);
        DatabaseServer bistro = DatabaseServer.start(
                System.getProperty("java.class.path"), DatabaseApplication.class.getName(), settings, BISTRO_SAYS);
        var all = new ArrayList<>(List.of(
                new Contender("Bistro, JDBC by hand", bistro, "/jdbc"),
                new Contender("Bistro, @Transactional", bistro, "/transactional")));
        if (!spring.isEmpty()) {
            List<String> arguments = List.of(
                    "--spring.datasource.url=" + url, "--spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS);
            DatabaseServer peer = DatabaseServer.start(spring, "peer.SpringPeer", arguments, SPRING_SAYS);
            all.add(new Contender("Spring Boot, @Transactional", peer, "/transactional"));
        }
        return all;
    }

    private void run(List<Contender> contenders, int rounds) throws Exception {
        Map<String, Path> loads = new LinkedHashMap<>();
        loads.put("read", Files.writeString(folder.resolve("read.lua"), READ));
        loads.put("write", Files.writeString(folder.resolve("write.lua"), WRITE));
        for (Path script : loads.values()) {
            for (Contender contender : contenders) {
                warmUp(script, contender);
            }
        }
        for (int i = 0; i < rounds; i++) {
            for (var load : loads.entrySet()) {
                for (Contender contender : contenders) {
                    measure(load.getKey(), load.getValue(), contender);
                }
            }
        }
        print(contenders);
    }

    /** The same number for each, however long that takes: what has answered fewer is still compiled. */
    private void warmUp(Path script, Contender contender) throws Exception {
        for (long count = 0; count < WARM_UP_REQUESTS; ) {
            count += wrk(script, contender);
        }
    }

    private void measure(String load, Path script, Contender contender) throws Exception {
        double before = contender.server().processorSeconds();
        long count = wrk(script, contender);
        double used = contender.server().processorSeconds() - before;
        micros.computeIfAbsent(load, added -> new LinkedHashMap<>())
                .computeIfAbsent(contender.name(), added -> new ArrayList<>())
                .add(used * 1e6 / count);
    }

    private long wrk(Path script, Contender contender) throws Exception {
        String url = "http://127.0.0.1:" + contender.server().port() + contender.prefix();
        Process wrk = new ProcessBuilder("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds, "-s", script.toString(), url)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find() || output.contains("Non-2xx")) {
            throw new IOException(contender.name() + ": " + output);
        }
        return Long.parseLong(requests.group(1));
    }

    /** The ratio is the median of those of each round, since the machine may be slower in one than in the next. */
    private void print(List<Contender> contenders) {
        System.out.println("| server CPU µs per request | read | to by hand | write | to by hand |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (Contender contender : contenders) {
            var line = new StringBuilder("| " + contender.name());
            for (Map<String, List<Double>> load : micros.values()) {
                List<Double> own = load.get(contender.name());
                List<Double> byHand = load.get(contenders.get(0).name());
                line.append(" | %s | %.2f".formatted(figure(own), median(ratios(own, byHand))));
            }
            System.out.println(line.append(" |"));
        }
    }

    private static List<Double> ratios(List<Double> some, List<Double> others) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < some.size(); i++) {
            ratios.add(some.get(i) / others.get(i));
        }
        return ratios;
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
