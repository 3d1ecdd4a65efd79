package dev.bistro.sample.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shop in a process of its own, which can be killed. */
final class ShopProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:[0-9]+)");

    private final Process process;
    private final URI uri;

    private ShopProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts it with a database in a file, and returns when it listens. */
    static ShopProcess start(Path database) throws IOException {
        return start(Map.of("SHOP_DATABASE", database.toString()));
    }

    /** Starts it with variables of the environment, and returns when it listens. */
    static ShopProcess start(Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ShopApplication.class.getName(),
                "--server.port=0"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        var log = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                drain(log);
                return new ShopProcess(process, URI.create(listens.group(1)));
            }
        }
        throw new IOException("The shop ended with status " + process.exitValue());
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

    URI uri() {
        return uri;
    }

    /** Kills it, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
