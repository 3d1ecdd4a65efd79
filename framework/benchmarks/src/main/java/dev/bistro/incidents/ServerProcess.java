package dev.bistro.incidents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server in a process of its own, and what the system knows of that. */
final class ServerProcess implements AutoCloseable {
    private static final int SECONDS_FOR_AN_ANSWER = 60;
    private static final int TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path proc;
    private final Path log;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread killer;
    private final InetSocketAddress address;

    /**
     * Starts it.
     *
     * @param threads how many threads there may be of it; 0 for any number. It runs as another user then, since root's
     *     aren't limited
     */
    ServerProcess(Path javaHome, int threads, List<String> jvm, List<String> settings, Path log)
            throws IOException, InterruptedException {
        this.log = log;
        var command = new ArrayList<String>();
        if (threads > 0) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
            command.addAll(List.of("prlimit", "--nproc=" + threads));
        }
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-XX:ActiveProcessorCount=2", "-Dlogback.configurationFile=incidents-logback.xml"));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), IncidentServer.class.getName(), "--server.port=0"));
        command.addAll(settings);
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        proc = Path.of("/proc", String.valueOf(process.pid()));
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        var reader = new Thread(this::readLines, "answers");
        reader.setDaemon(true);
        reader.start();
        try {
            address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Math.toIntExact(line("the start")));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void readLines() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().filter(each -> each.matches("-?[0-9]+")).forEach(lines::add);
        } catch (IOException | RuntimeException e) {
            // the process has ended: whoever asks it something is told
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** Sends a line to its input, and waits for the number that it answers. */
    long ask(String line) throws IOException, InterruptedException {
        tell(line);
        return line(line);
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    private long line(String question) throws IOException, InterruptedException {
        for (int i = 0; i < SECONDS_FOR_AN_ANSWER * 10; i++) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null) {
                return Long.parseLong(line);
            }
            if (!process.isAlive()) {
                throw new IOException("the server's process has ended with status " + process.exitValue());
            }
        }
        throw new IOException("the server doesn't answer " + question);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code alive}, or how it has ended. */
    String state() {
        return process.isAlive() ? "alive" : "ended with status " + process.exitValue();
    }

    /** Sends it SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    int threads() throws IOException {
        return count("task");
    }

    /** The threads that lead loops, or have led one. */
    int workers() throws IOException {
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            return (int) tasks.filter(ServerProcess::isWorker).count();
        }
    }

    private static boolean isWorker(Path task) {
        try {
            return Files.readString(task.resolve("comm")).startsWith("bistro-worker");
        } catch (IOException e) {
            return false; // it has ended since
        }
    }

    int descriptors() throws IOException {
        return count("fd");
    }

    private int count(String folder) throws IOException {
        String[] names = proc.resolve(folder).toFile().list();
        if (names == null) {
            throw new IOException("the server's process has ended");
        }
        return names.length;
    }

    /** The bytes that the process has in memory. */
    long resident() throws IOException {
        try (Stream<String> status = Files.lines(proc.resolve("status"))) {
            return status.filter(each -> each.startsWith("VmRSS:"))
                            .mapToLong(each -> Long.parseLong(each.replaceAll("[^0-9]", "")))
                            .sum()
                    * 1_024;
        }
    }

    /** The seconds of processor time that it has used. */
    double processorSeconds() throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
    }

    long logBytes() throws IOException {
        return Files.size(log);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
