package dev.bistro.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the cluster, which is ended and started again with the same command. It ends with this process. */
final class ClusterProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 180;

    private final List<String> command;
    private final Path log;
    private final Readiness readiness;
    private Process process; // null before the first start

    /** Whether it does what it is there for. */
    @FunctionalInterface
    interface Readiness {
        boolean isReady() throws IOException;
    }

    ClusterProcess(List<String> command, Path log, Readiness readiness) {
        this.command = command;
        this.log = log;
        this.readiness = readiness;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(List<String> command, Path log) throws IOException, InterruptedException {
        if (process(command, log).waitFor() != 0) {
            throw new IOException(command + ":\n" + Files.readString(log));
        }
    }

    private static Process process(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Starts it, and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        synchronized (this) {
            process = process(command, log);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!readiness.isReady()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IOException(command.get(0) + " doesn't start: see " + log);
            }
        }
    }

    /** Ends it as {@code kill} does, and waits until it has ended by itself. */
    void terminate() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(command.get(0) + " doesn't end: see " + log);
        }
    }

    /** Ends it and its children as {@code kill -9} does. */
    synchronized void kill() {
        if (process != null) {
            List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(each -> each.onExit().join());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
