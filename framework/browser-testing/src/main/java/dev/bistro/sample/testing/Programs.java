package dev.bistro.sample.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that may be installed on this machine. */
public final class Programs {
    private Programs() {}

    /**
     * The first of these programs that is on the PATH: {@code find("chromium", "google-chrome")} is
     * {@code /usr/bin/chromium}.
     */
    public static Optional<Path> find(String... names) {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of(names)
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first of these programs that is on the PATH; where there is none, the test is skipped, and says so. */
    public static Path require(String... names) {
        return find(names).orElseGet(() -> Assumptions.abort(missing(names)));
    }

    static String missing(String... names) {
        return "Not installed: " + String.join(" or ", names);
    }
}
