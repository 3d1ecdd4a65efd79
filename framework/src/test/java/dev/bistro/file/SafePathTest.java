package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {
    @TempDir
    Path parent;

    private Path root;
    private SafePath files;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(parent.resolve("root")).toRealPath();
        Files.createDirectories(root.resolve("a/.secret"));
        Files.writeString(root.resolve("a/b c%.txt"), "x");
        Files.writeString(root.resolve("a/.secret/key"), "x");
        Files.writeString(parent.resolve("outside.txt"), "x");
        Files.createSymbolicLink(root.resolve("in"), root.resolve("a"));
        Files.createSymbolicLink(root.resolve("out"), parent);
        Files.createSymbolicLink(root.resolve("nowhere"), parent.resolve("missing"));
        Files.createSymbolicLink(root.resolve("shown"), root.resolve("a/.secret"));
        files = SafePath.of(root);
    }

    @Test
    void findsWhatIsInside() {
        assertEquals(root, files.resolve(""));
        assertEquals(root.resolve("a/b c%.txt"), files.resolve("a/b c%.txt"));
        assertEquals(root.resolve("a/b c%.txt"), files.resolve("/a//b c%.txt/"));
        assertEquals(root.resolve("a/b c%.txt"), files.resolve("in/b c%.txt"));
        assertEquals(root.resolve("a/.secret/key"), files.withHiddenFiles().resolve("a/.secret/key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../outside.txt",
                "../missing.txt",
                "a/../../outside.txt",
                "a/..",
                "./a",
                "a/. ./b",
                "a/.. /b",
                "%2e%2e/outside.txt",
                "%2E./outside.txt",
                "%252e%252e/outside.txt",
                "..%2foutside.txt",
                "..\\outside.txt",
                "a\\b",
                "a\0.txt",
                "a\n",
                "a\u007f"
            })
    void refusesWhatLeadsUpwards(String path) {
        for (SafePath each : new SafePath[] {files, files.withHiddenFiles()}) {
            assertThrows(ForbiddenException.class, () -> each.resolve(path));
            assertThrows(ForbiddenException.class, () -> each.resolveNew(path));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "a/missing/b",
                "out",
                "out/outside.txt",
                "out/missing",
                "nowhere",
                "a/.secret/key",
                "shown",
                "shown/key",
                "a/.none"
            })
    void findsNothingThatIsMissingHiddenOrOutside(String path) {
        assertThrows(NotFoundException.class, () -> files.resolve(path));
    }

    @Test
    void saysWhereANewFileGoes() {
        assertEquals(root.resolve("a/new"), files.resolveNew("in/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("out/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("missing/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("a/.hidden"));
        assertThrows(ForbiddenException.class, () -> files.resolveNew("/"));
    }
}
