package dev.bistro.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * A real nginx in front of what a test serves, for any user, and with all of its files in a folder of the test's. A
 * test that needs it is skipped where it isn't installed.
 *
 * <pre>{@code
 * try (var port = Nginx.freePort();
 *         var nginx = Nginx.start(folder, "http { server { listen 127.0.0.1:" + port + "; … } }", port)) { … }
 * }</pre>
 */
public final class Nginx implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    /** What it keeps in files for a while, by default in folders of root's. */
    private static final List<String> TEMPORARY = List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi");

    private static final List<Path> MODULES =
            List.of(Path.of("/usr/lib/nginx/modules"), Path.of("/usr/lib64/nginx/modules"));

    private final Process process;
    private final Path log;

    private Nginx(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Skips a test where there is no nginx. */
    public static void assumeInstalled() {
        assumeTrue(program().isPresent(), "nginx isn't installed (Debian's package nginx)");
    }

    /** Skips a test where there is no nginx with {@code stream}. */
    public static void assumeStream() {
        assumeInstalled();
        assumeTrue(
                streamModule().isPresent(),
                "nginx' module for streams isn't installed (Debian's package libnginx-mod-stream)");
    }

    /** It is often where only root looks for programs. */
    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> streamModule() {
        return MODULES.stream()
                .map(folder -> folder.resolve("ngx_stream_module.so"))
                .filter(Files::isReadable)
                .findFirst();
    }

    /**
     * A port of the loopback address that nobody else gets. nginx can't take a free one by itself, but it may listen
     * where another socket is bound that doesn't listen.
     */
    public static final class FreePort implements AutoCloseable {
        private final Socket holder = new Socket();

        private FreePort() throws IOException {
            holder.setReuseAddress(true);
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        public int number() {
            return holder.getLocalPort();
        }

        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), number());
        }

        /** As it is written in a configuration. */
        @Override
        public String toString() {
            return String.valueOf(number());
        }

        @Override
        public void close() throws IOException {
            holder.close();
        }
    }

    /** Keeps a port free for nginx until it is closed, which may be long after nginx listens there. */
    public static FreePort freePort() throws IOException {
        return new FreePort();
    }

    /**
     * Starts it, and waits until it accepts connections.
     *
     * @param folder an empty one, for its files
     * @param blocks what stands in {@code nginx.conf} behind the settings for the process, such as {@code http {…}}
     * @param ports where it is going to listen
     */
    public static Nginx start(Path folder, String blocks, FreePort... ports) throws IOException {
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, blocks));
        Path log = folder.resolve("error.log");
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "-p",
                        folder + "/",
                        "-c",
                        configuration.toString(),
                        "-e",
                        "" + log)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        var nginx = new Nginx(process, log);
        try {
            for (FreePort port : ports) {
                nginx.awaitPort(port);
            }
        } catch (IOException | RuntimeException | Error fault) {
            nginx.close();
            throw fault;
        }
        return nginx;
    }

    private static String configuration(Path folder, String blocks) {
        var lines = new ArrayList<String>();
        lines.add("daemon off;");
        lines.add("master_process off;");
        lines.add("pid " + folder.resolve("nginx.pid") + ";");
        if (blocks.lines().anyMatch(line -> line.startsWith("stream {"))) {
            lines.add("load_module " + streamModule().orElseThrow() + ";");
        }
        lines.add("events { worker_connections 512; }");
        var http = new StringBuilder("http {\naccess_log off;\n");
        TEMPORARY.forEach(name -> http.append(name + "_temp_path " + folder.resolve(name) + ";\n"));
        return String.join("\n", lines) + "\n"
                + blocks.replaceFirst("(?m)^http \\{", Matcher.quoteReplacement(http.toString()));
    }

    private void awaitPort(FreePort port) throws IOException {
        long start = System.nanoTime();
        while (!accepts(port)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS) || hasEnded()) {
                throw new IOException("nginx doesn't listen on port " + port + ":\n" + log());
            }
        }
    }

    private static boolean accepts(FreePort port) {
        try (var socket = new Socket(port.address().getAddress(), port.number())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits a moment for its end. */
    private boolean hasEnded() throws IOException {
        try {
            return process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** What it has logged: errors and warnings, and what it said before it could open its log. */
    public String log() throws IOException {
        Path output = log.resolveSibling("output.txt");
        return (Files.exists(log) ? Files.readString(log) : "")
                + (Files.exists(output) ? Files.readString(output) : "");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }
}
