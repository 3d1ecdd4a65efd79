package dev.bistro.sample.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application in a process of its own, which can be killed. It has the test's class path, and a JVM without the
 * second compiler, which takes more of a process that lives for seconds than it gives.
 *
 * <pre>{@code
 * try (ApplicationProcess shop = ApplicationProcess.start(ShopApplication.class, Map.of(), "--server.port=0")) {
 *     client.get(shop.uri());
 *     shop.kill();
 * }
 * }</pre>
 */
public final class ApplicationProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:[0-9]+)");

    private final Process process;
    private final URI uri;

    private ApplicationProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts it with variables in its environment and these arguments, and returns when it listens.
     *
     * @throws IOException if it ends before
     */
    public static ApplicationProcess start(Class<?> application, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                application.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                drain(log);
                return new ApplicationProcess(process, URI.create(listens.group(1)));
            }
        }
        throw new IOException(application.getSimpleName() + " ended with status "
                + process.onExit().join().exitValue());
    }

    /** Reads on, so that the process isn't held up by a log that nobody takes. */
    private static void drain(BufferedReader log) {
        var thread = new Thread(() -> {
            try {
                log.lines().forEach(System.out::println);
            } catch (UncheckedIOException killed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** Kills it, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
