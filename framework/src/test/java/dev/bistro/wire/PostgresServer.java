package dev.bistro.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL, with all of its files in a temporary folder. A test that needs it is skipped where it isn't
 * installed.
 *
 * <pre>{@code
 * PostgresServer server = PostgresServer.shared();
 * String url = server.newSchema();       // jdbc:postgresql://127.0.0.1:40123/postgres?user=postgres&currentSchema=t1
 * server.kill();
 * server.start();                        // where it was, with what was committed
 * }</pre>
 */
public final class PostgresServer implements AutoCloseable {
    /** It refuses to run for root: this is the user that Debian's package makes. */
    private static final String USER = "postgres";

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static PostgresServer shared; // null until a test wants it

    private final StoreProcess process;
    private final Nginx.FreePort port;

    /** Whether what is committed is on the disk, as it has to be where the machine itself may fail. */
    public enum Durability {
        /** A killed server loses nothing; a machine without power might. */
        PROCESS,
        /** Each commit waits for the disk. */
        MACHINE
    }

    private PostgresServer(StoreProcess process, Nginx.FreePort port) {
        this.process = process;
        this.port = port;
    }

    /** Skips a test where there is no PostgreSQL. */
    public static void assumeInstalled() {
        assumeTrue(program("postgres").isPresent(), "PostgreSQL isn't installed (Debian's package postgresql)");
        assumeTrue(
                !isRoot() || StoreProcess.find("setpriv", Stream.empty()).isPresent(),
                "PostgreSQL doesn't run for root, and setpriv isn't installed (Debian's package util-linux)");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Debian has it in a folder of its version. */
    private static Optional<Path> program(String name) {
        if (!Files.isDirectory(DEBIAN)) {
            return StoreProcess.find(name, Stream.empty());
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return StoreProcess.find(
                    name, versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of all tests of this JVM, which runs. Skips the test where PostgreSQL isn't installed. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            shared = create(Durability.PROCESS);
        }
        return shared;
    }

    /** One of the test's own, which runs. Skips the test where PostgreSQL isn't installed. */
    public static PostgresServer create(Durability durability) {
        assumeInstalled();
        try {
            Path folder = Files.createTempDirectory("postgres");
            if (isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            }
            Path data = folder.resolve("data");
            StoreProcess.run(command("initdb", "-D", "" + data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"));
            Nginx.FreePort port = Nginx.freePort();
            List<String> command = command("postgres", "-D", "" + data, "-p", "" + port, "-k", "" + folder);
            command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=16MB"));
            if (durability == Durability.PROCESS) {
                command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
            }
            var server = new PostgresServer(new StoreProcess(folder, port, command, () -> answers(url(port))), port);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.add(program(program).orElseThrow().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean answers(String url) {
        try (Connection connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static String url(Nginx.FreePort port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    /** Makes an empty schema, and gives the URL for it. */
    public String newSchema() {
        String name = "t" + SCHEMAS.incrementAndGet();
        execute("create schema " + name);
        return url(port) + "&currentSchema=" + name;
    }

    /** Executes a statement by a connection of its own. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url(port));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it for a while, as a machine does that has too much to do: connections stay, and nothing answers. */
    public void pause() {
        process.signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        process.signal("CONT");
    }

    /** Ends it hard, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again, and waits until it answers. */
    public void start() {
        try {
            process.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
