package dev.bistro.tls;

import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files that are read together, and the last good value that was read from them. For one thread at a time.
 *
 * @param <T> what is read
 */
final class WatchedFiles<T> {
    /**
     * Reads the files.
     *
     * @param <T> what is read
     */
    interface Reader<T> {
        T read() throws UnusableCertificateException;
    }

    private final List<Path> files;
    private final Reader<T> reader;
    private Optional<List<FileState>> seen = Optional.empty();
    private Optional<Problem> fault = Optional.empty();
    private Optional<T> value = Optional.empty();

    /** Files that weren't read yet. */
    WatchedFiles(List<Path> files, Reader<T> reader) {
        this.files = files;
        this.reader = reader;
    }

    /** The last good value; empty if there was none yet. */
    Optional<T> value() {
        return value;
    }

    /**
     * Reads the files if they changed, or couldn't be used when they were read last: somebody may have been in the
     * middle of writing them, or has given the right to read them since, which leaves no trace in them.
     *
     * @param faults gets what is wrong, once for each state of the files
     * @return whether there is another value
     */
    boolean refresh(Consumer<Problem> faults) {
        var now = Optional.of(files.stream().map(FileState::of).toList()); // before reading: changes after it are seen
        boolean changed = !now.equals(seen);
        if (!changed && fault.isEmpty()) {
            return false;
        }
        seen = now;
        Optional<T> before = value;
        Optional<Problem> found = read();
        if (changed || !found.equals(fault)) {
            found.ifPresent(faults);
        }
        fault = found;
        return !value.equals(before);
    }

    private Optional<Problem> read() {
        try {
            value = Optional.of(reader.read());
            return Optional.empty();
        } catch (UnusableCertificateException e) {
            return Optional.of(problem(e.getMessage(), e.where()).cure(e.cure()));
        } catch (RuntimeException e) { // of a decoder: one odd file mustn't keep the others from being read
            return Optional.of(problem("It can't be decoded (" + e.getClass().getSimpleName() + ").", where()));
        }
    }

    private static Problem problem(String what, String where) {
        return Problem.of("unusable-certificate", what).at(new Place(where));
    }

    private String where() {
        return String.join(" with ", files.stream().map(Path::toString).toList());
    }
}
