package dev.bistro.sample.files;

import dev.bistro.BistroBuilder;
import dev.bistro.testing.HttpManners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What every application should do right. */
class FilesMannersTest extends HttpManners {
    @TempDir
    Path root;

    @Override
    protected BistroBuilder application() {
        try {
            Files.writeString(root.resolve("a.txt"), "a");
            return Sample.writable(root); // what is switched off is no longer allowed, though there is a route for it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Map<String, String> examples() {
        return Map.of("path", "a.txt");
    }
}
