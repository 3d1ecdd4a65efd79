package dev.bistro.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL with the entries, and where messages are kept: there too, or in Redis. */
public final class Stores implements AutoCloseable {
    /** PostgreSQL refuses to run for root: this is the user that Debian's package makes. */
    private static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final FreePort postgresPort = new FreePort();
    private final FreePort redisPort = new FreePort();
    private final ClusterProcess postgres;
    private final ClusterProcess redis; // null if messages are in PostgreSQL

    private Stores(Path folder, boolean withRedis) throws IOException, InterruptedException {
        postgres = postgres(folder);
        redis = withRedis ? redis(folder) : null;
    }

    public static Stores start(Path folder, boolean withRedis) throws IOException, InterruptedException {
        var stores = new Stores(folder, withRedis);
        stores.start();
        return stores;
    }

    private ClusterProcess postgres(Path folder) throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("postgresql"));
        Path log = folder.resolve("postgresql.log");
        if (isRoot()) {
            Files.setOwner(
                    own, own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        }
        Path data = own.resolve("data");
        ClusterProcess.run(command("initdb", "-D", "" + data, "-U", USER, "-A", "trust", "-E", "UTF8"), log);
        List<String> command = command("postgres", "-D", "" + data, "-p", "" + postgresPort, "-k", "" + own);
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
        return new ClusterProcess(command, log, this::answers);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> command(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.add(program(program));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Debian has it in a folder of its version. */
    private static String program(String name) throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return name;
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(Path::toString)
                    .orElse(name);
        }
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private ClusterProcess redis(Path folder) throws IOException {
        Path own = Files.createDirectory(folder.resolve("redis"));
        List<String> command = List.of(("redis-server --port " + redisPort
                        + " --bind 127.0.0.1 --save --appendonly yes --appendfsync always" + " --dir " + own)
                .split(" "));
        return new ClusterProcess(withEmptySave(command), folder.resolve("redis.log"), redisPort::accepts);
    }

    /** No snapshots: the list of when to make them is empty. */
    private static List<String> withEmptySave(List<String> command) {
        var all = new ArrayList<>(command);
        all.add(all.indexOf("--save") + 1, "");
        return all;
    }

    private void start() throws IOException, InterruptedException {
        postgres.start();
        if (redis != null) {
            redis.start();
        }
    }

    /** Ends them hard, and starts them again after the time. */
    void restart(long millis) throws IOException, InterruptedException {
        close();
        Thread.sleep(millis);
        start();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?user=" + USER;
    }

    /** What the application has to know. */
    Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "database.url",
                url(),
                "database.migrations",
                "cluster",
                "database.pool-size",
                "8",
                "feeds.store",
                "postgresql"));
        if (redis != null) {
            settings.put("feeds.store", "redis");
            settings.put("redis.url", "redis://127.0.0.1:" + redisPort);
        }
        return settings;
    }

    @Override
    public void close() {
        postgres.kill();
        if (redis != null) {
            redis.kill();
        }
    }
}
