package dev.bistro.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the system that a test runs as others would, such as {@code openssl}, {@code curl} or
 * {@code testssl}. A test whose program isn't installed is skipped, and says which.
 *
 * <pre>{@code
 * Command.of("curl", "--silent", "--cacert", root.toString(), uri.toString()).run().assertSuccess().out();
 * }</pre>
 *
 * <p>Immutable. Output goes by way of files, so that a program that says much never waits for the test.
 */
public final class Command {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);

    private static final Duration SCRIPTS_DEADLINE = Duration.ofMinutes(2);

    private final List<String> words;
    private final Path folder;
    private final String input;
    private final Duration deadline;

    private Command(List<String> words, Path folder, String input, Duration deadline) {
        this.words = words;
        this.folder = folder;
        this.input = input;
        this.deadline = deadline;
    }

    /** A program with its arguments, none of which goes through a shell. */
    public static Command of(String... words) {
        return new Command(List.of(words), Path.of("."), "", USUAL_DEADLINE);
    }

    /** A script of the shell, which ends at the first command that fails; the test is skipped without that program. */
    public static Command script(String program, String text) {
        assumeInstalled(program);
        return of("sh", "-ec", text).within(SCRIPTS_DEADLINE);
    }

    /** This in a folder; in that of the tests otherwise. */
    public Command in(Path directory) {
        return new Command(words, directory, input, deadline);
    }

    /** This with more arguments. */
    public Command with(String... more) {
        return new Command(Stream.concat(words.stream(), Stream.of(more)).toList(), folder, input, deadline);
    }

    /** This with a text on its standard input, which ends after it. */
    public Command withInput(String text) {
        return new Command(words, folder, text, deadline);
    }

    /** This with another time after which it is ended, and the test fails; 30 seconds otherwise. */
    public Command within(Duration time) {
        return new Command(words, folder, input, time);
    }

    /** Whether a program of this name can be run. */
    public static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Skips the test if there is no program of this name. */
    public static void assumeInstalled(String program) {
        assumeTrue(isInstalled(program), () -> program + " isn't installed, so that what it would show isn't tested");
    }

    /**
     * Runs it to its end.
     *
     * @throws AssertionError if it hasn't ended at its deadline
     * @throws org.opentest4j.TestAbortedException if it isn't installed
     */
    public Output run() {
        assumeInstalled(words.get(0));
        var files = new ArrayList<Path>();
        try {
            Path in = file(files);
            Path out = file(files);
            Path err = file(files);
            Files.writeString(in, input);
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = await(process);
            var output = new Output(this, ended ? process.exitValue() : -1, read(out), read(err));
            return ended ? output : output.fail("had not ended after " + deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }

    /**
     * Starts it, for a test that talks with it.
     *
     * @throws org.opentest4j.TestAbortedException if it isn't installed
     */
    public Dialogue start() throws IOException {
        assumeInstalled(words.get(0));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new Dialogue(process, deadline.toMillis());
    }

    private static Path file(List<Path> files) throws IOException {
        Path file = Files.createTempFile("command", null);
        files.add(file);
        return file;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private boolean await(Process process) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }

    /**
     * What a program has said.
     *
     * @param out its standard output, each byte as the character of its number
     * @param err its standard error
     */
    public record Output(Command command, int status, String out, String err) {
        /** Asserts that it ended with status 0. */
        public Output assertSuccess() {
            return status == 0 ? this : fail("ended with status " + status);
        }

        private Output fail(String what) {
            throw new AssertionError(command + " " + what + "\n" + out + "\n" + err);
        }
    }
}
