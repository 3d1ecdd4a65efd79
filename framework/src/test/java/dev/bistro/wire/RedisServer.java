package dev.bistro.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Redis, with all of its files in a temporary folder. A test that needs it is skipped where it isn't installed.
 *
 * <pre>{@code
 * try (RedisServer server = RedisServer.create(RedisServer.DURABLE)) {
 *     server.url();        // redis://127.0.0.1:40123
 *     server.kill();
 *     server.start();      // where it was, with all that it had acknowledged
 * }
 * }</pre>
 */
public final class RedisServer implements AutoCloseable {
    /** The settings with which nothing is lost that it has acknowledged. */
    public static final List<String> DURABLE = List.of("--appendonly", "yes", "--appendfsync", "always");

    private static final String TLS_CERTIFICATE = "--tls-cert-file";

    private static RedisServer shared; // null until a test wants it

    private final StoreProcess process;
    private final Nginx.FreePort port;

    private final Nginx.FreePort tlsPort;

    private RedisServer(StoreProcess process, Nginx.FreePort port, Nginx.FreePort tlsPort) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** Skips a test where there is no Redis. */
    public static void assumeInstalled() {
        assumeTrue(program().isPresent(), "Redis isn't installed (Debian's package redis-server)");
    }

    private static Optional<Path> program() {
        return StoreProcess.find("redis-server", Stream.of(Path.of("/usr/sbin"), Path.of("/usr/local/bin")));
    }

    /** The one of all tests of this JVM, which runs, and is durable. Skips the test where Redis isn't installed. */
    public static synchronized RedisServer shared() {
        if (shared == null) {
            shared = create(DURABLE);
        }
        return shared;
    }

    /** Starts one with these arguments. Skips the test where Redis isn't installed. */
    public static RedisServer create(List<String> arguments) {
        assumeInstalled();
        try {
            Path folder = Files.createTempDirectory("redis");
            Nginx.FreePort port = Nginx.freePort();
            var command = new ArrayList<String>();
            command.add(program().orElseThrow().toString());
            command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder, "--save", ""));
            Nginx.FreePort tlsPort = Nginx.freePort();
            if (arguments.contains(TLS_CERTIFICATE)) {
                command.addAll(List.of("--tls-port", "" + tlsPort, "--tls-auth-clients", "no"));
            }
            command.addAll(arguments);
            var server = new RedisServer(new StoreProcess(folder, port, command, () -> answers(port)), port, tlsPort);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that speaks TLS too. Skips the test where Redis isn't installed. */
    public static RedisServer create(TestCertificate certificate, TestAuthority authority) {
        return create(List.of(
                TLS_CERTIFICATE,
                certificate.file().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                authority.own().file().toString()));
    }

    private static boolean answers(Nginx.FreePort port) {
        try {
            return ask(port, "PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String ask(Nginx.FreePort port, String command) throws IOException {
        try (var socket = new Socket(port.address().getAddress(), port.number())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.split("\r\n")[0];
        }
    }

    /** Sends it a command on a connection of its own, and returns the first line of the answer. */
    public String ask(String command) {
        try {
            return ask(port, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Where it is by TLS. */
    public String tlsUrl() {
        return "rediss://127.0.0.1:" + tlsPort;
    }

    /** Its port for TLS. */
    public int tlsPort() {
        return tlsPort.number();
    }

    /** Its port. */
    public int port() {
        return port.number();
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
        try {
            tlsPort.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
