package dev.bistro.wire;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of a real store, such as PostgreSQL, which a test may kill and start again on the same port and with the
 * same files. It ends with this JVM at the latest.
 */
final class StoreProcess implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final Path folder;
    private final Path log;
    private final List<String> command;
    private final Readiness readiness;
    private final Nginx.FreePort port;
    private Process process; // null before the first start

    /** Whether the store answers already. */
    @FunctionalInterface
    interface Readiness {
        boolean isReady() throws IOException;
    }

    /**
     * Prepares it.
     *
     * @param folder of the store, which is deleted at the end
     * @param port which it is to keep
     */
    StoreProcess(Path folder, Nginx.FreePort port, List<String> command, Readiness readiness) throws IOException {
        this.folder = folder;
        this.log = Files.createTempFile("store", ".log");
        this.port = port;
        this.command = command;
        this.readiness = readiness;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A program, in the folders of the path or in one of those. */
    static Optional<Path> find(String program, Stream<Path> folders) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(Path::of),
                        folders)
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(List<String> command) throws IOException {
        Path output = Files.createTempFile("program", ".txt");
        Process program = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!program.waitFor(2 * DEADLINE_SECONDS, TimeUnit.SECONDS) || program.exitValue() != 0) {
                throw new IOException(command + ":\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            program.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Starts it, and waits until it answers. */
    synchronized void start() throws IOException {
        process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long start = System.nanoTime();
        while (!readiness.isReady()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS) || hasEnded()) {
                throw new IOException(command + " doesn't answer:\n" + Files.readString(log));
            }
        }
    }

    /** Waits a moment for its end. */
    private boolean hasEnded() throws IOException {
        try {
            return process.waitFor(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Ends it, with the processes that it has started, as {@code kill -9} does: it can't write anything any more. */
    synchronized void kill() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }

    /** Sends a signal to it and the processes that it has started: {@code STOP}, {@code CONT}. */
    synchronized void signal(String name) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        for (ProcessHandle one : all) {
            try {
                run(List.of("kill", "-s", name, "" + one.pid()));
            } catch (IOException e) {
                if (one.isAlive()) { // one that has ended meanwhile is no fault
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        kill();
        try {
            port.close();
            Files.deleteIfExists(log);
            delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
