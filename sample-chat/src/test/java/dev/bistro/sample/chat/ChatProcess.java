package dev.bistro.sample.chat;

import dev.bistro.wire.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chat in a process of its own, which can be killed. */
final class ChatProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:[0-9]+)");

    private final Process process;
    private final URI uri;

    private ChatProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts it on a port, 0 for a free one, and returns when it listens. */
    static ChatProcess start(int port) throws IOException {
        return start(port, Map.of());
    }

    /** Starts it with variables in its environment. */
    static ChatProcess start(int port, Map<String, String> environment) throws IOException {
        var command = new ProcessBuilder(JavaCommand.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChatApplication.class.getName(),
                        "--server.port=" + port))
                .redirectErrorStream(true);
        command.environment().putAll(environment);
        Process process = command.start();
        var log = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                drain(log);
                return new ChatProcess(process, URI.create(listens.group(1)));
            }
        }
        throw new IOException("The chat ended with status " + process.exitValue());
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
