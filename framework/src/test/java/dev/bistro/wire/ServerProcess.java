package dev.bistro.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a Java process of its own, with its own heap and descriptors. It prints its port first, answers lines
 * with lines, and ends with its input. One that doesn't answer is killed, and a test fails: a thread that reads from a
 * process itself can't be interrupted, and would keep all tests from coming to their end.
 */
public final class ServerProcess implements AutoCloseable {
    /** More threads than a server of two loops needs if none of its handlers waits. */
    static final int FEW = 20;

    private static final int PATIENCE_SECONDS = 120;

    private final String name;
    private final Process process;
    private final Thread reader = new Thread(this::read, "lines of a server's process");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();
    private final InetSocketAddress address;

    private ServerProcess(String name, Process process) throws IOException {
        this.name = name;
        this.process = process;
        reader.setDaemon(true);
        reader.start();
        String port = next("Its start");
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    public static ServerProcess start(Class<?> main, String... options) throws IOException {
        var command = new ArrayList<>(JavaCommand.of(options));
        command.addAll(List.of("-cp", JavaCommand.classPathWithout(JavaCommand.VALIDATION), main.getName()));
        return new ServerProcess(
                main.getSimpleName(),
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private void read() {
        try (BufferedReader input = process.inputReader(StandardCharsets.US_ASCII)) {
            input.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            return; // it has been killed: whoever waits for its next line is told
        }
    }

    /** The next line that it prints, with which it answers something. */
    private String next(String asked) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < end) {
                boolean wasLast = !reader.isAlive();
                String line = lines.poll(wasLast ? 0 : 10, TimeUnit.MILLISECONDS);
                if (line != null) {
                    taken.add(line);
                    return line;
                }
                if (wasLast) {
                    throw new IOException(
                            name + " has ended with status " + process.waitFor() + ", " + notAnswered(asked));
                }
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(name + " was given up, " + notAnswered(asked), e);
        }
        process.destroyForcibly();
        throw new IOException(name + " was killed after " + PATIENCE_SECONDS + " s, " + notAnswered(asked));
    }

    private String notAnswered(String asked) {
        return asked + " wasn't answered; before, it printed " + taken;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Sends a line, and reads the one that it is answered with. */
    public String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return next(line);
    }

    /** Ends the process, and fails if it ends with an error, or not at all. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " did not end with its input; it printed " + taken);
            }
            if (process.exitValue() != 0) {
                throw new IOException(name + " ended with status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }

    /**
     * In the server's process: waits until no thread has a request and the surplus threads of a busy machine have
     * ended, and returns the number of threads.
     */
    static long awaitFewThreads() {
        Await.until(() -> serverThreads().noneMatch(ServerProcess::hasARequest)
                && serverThreads().count() < FEW);
        return serverThreads().count();
    }

    private static Stream<Map.Entry<Thread, StackTraceElement[]>> serverThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("bistro-"));
    }

    /** The thread that looks after handlers is one of HTTP's too, and has no request. */
    private static boolean hasARequest(Map.Entry<Thread, StackTraceElement[]> thread) {
        return !thread.getKey().getName().equals("bistro-handler-watch")
                && Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.bistro.http1."));
    }
}
