package dev.bistro.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a Java process of its own, with its own heap and descriptors. It prints its port first, answers lines
 * with lines, and ends with its input.
 */
public final class ServerProcess implements AutoCloseable {
    /** More threads than a server of two loops needs if none of its handlers waits. */
    static final int FEW = 20;

    private final Process process;
    private final BufferedReader lines;
    private final InetSocketAddress address;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(lines.readLine()));
    }

    public static ServerProcess start(Class<?> main, String... options) throws IOException {
        var command = new ArrayList<>(JavaCommand.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new ServerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Sends a line, and reads the one that it is answered with. */
    public String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return lines.readLine();
    }

    /** Ends the process, and fails if it ends with an error. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("The server ended with status " + process.exitValue());
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
    static long awaitFewThreads() throws InterruptedException {
        while (serverThreads().anyMatch(ServerProcess::hasARequest)
                || serverThreads().count() >= FEW) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
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
