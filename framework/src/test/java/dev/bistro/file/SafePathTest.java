package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Status;
import dev.bistro.testing.MockRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        assertEquals(root.resolve("a"), files.resolve("a/"));
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
                "a/.none",
                "/a/b c%.txt",
                "a//b c%.txt",
                "a/b c%.txt/",
                "a//",
                "/"
            })
    void findsNothingThatIsMissingHiddenOrOutside(String path) {
        assertThrows(NotFoundException.class, () -> files.resolve(path));
    }

    @Test
    void givesFilesOnly() {
        assertEquals(
                Optional.of(root.resolve("a/b c%.txt")),
                files.file("in/b c%.txt").path());
        assertEquals(Optional.empty(), files.find("a").flatMap(FileResponse::path));
        assertThrows(NotFoundException.class, () -> files.file("a"));
        assertThrows(NotFoundException.class, () -> files.file("missing"));
        assertThrows(ForbiddenException.class, () -> files.file("../outside.txt"));
        assertThrows(ForbiddenException.class, () -> files.find("../outside.txt"));
    }

    @Test
    void givesNoFileThatALinkTookThePlaceOf() throws IOException {
        FileResponse file = files.file("a/b c%.txt");
        assertEquals(Status.OK, file.answer(MockRequest.get("/").build()).status());
        Files.delete(root.resolve("a/b c%.txt"));
        Files.createSymbolicLink(root.resolve("a/b c%.txt"), parent.resolve("outside.txt"));
        assertThrows(
                NotFoundException.class, () -> file.answer(MockRequest.get("/").build()));
    }

    @Test
    void givesNoFileInADirectoryThatALinkTookThePlaceOf() throws IOException {
        FileResponse file = files.file("a/b c%.txt");
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("b c%.txt"), "y");
        Files.move(root.resolve("a"), root.resolve("b"));
        Files.createSymbolicLink(root.resolve("a"), elsewhere);
        assertThrows(
                NotFoundException.class, () -> file.answer(MockRequest.get("/").build()));
    }

    @Test
    void takesNoLinkForACompressedFile() throws IOException {
        Files.createSymbolicLink(root.resolve("a/b c%.txt.gz"), parent.resolve("outside.txt"));
        MockRequest request =
                MockRequest.get("/").header("Accept-Encoding", "gzip").build();
        assertEquals(
                Optional.empty(),
                files.file("a/b c%.txt")
                        .precompressed()
                        .answer(request)
                        .headers()
                        .first("Content-Encoding"));
    }

    @Test
    void saysWhereANewFileGoes() throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), parent.resolve("new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("dangling"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("out"));
        assertEquals(root.resolve("a/b c%.txt"), files.resolveNew("a/b c%.txt"));
        assertEquals(root.resolve("a/new"), files.resolveNew("in/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("out/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("missing/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("a/.hidden"));
        assertThrows(ForbiddenException.class, () -> files.resolveNew("/"));
    }
}
