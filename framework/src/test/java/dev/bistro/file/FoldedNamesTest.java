package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a file system finds by other names than theirs, which filters know nothing of. */
class FoldedNamesTest {
    @TempDir
    Path parent;

    /** A root with files, in a file system that folds names. */
    private Path root(boolean tellsNames) throws IOException {
        Path root = parent.toRealPath();
        Files.createDirectories(root.resolve("private/2026"));
        for (String file : new String[] {
            "private/secret.txt",
            "private/2026/01",
            "gr\u00f6\u00dfe.txt",
            "e\u0301.txt",
            "\u212aelvin",
            "\u65e5\u672c",
            "README"
        }) {
            Files.writeString(root.resolve(file), "x");
        }
        Files.createSymbolicLink(root.resolve("shown"), root.resolve("private"));
        return new FoldingFileSystem(tellsNames).wrap(root);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PRIVATE/secret.txt  | true
            PRIVATE/secret.txt  | false
            private/SECRET.TXT  | true
            private/SECRET.TXT  | false
            private/Secret.txt  | false
            Private/2026/01     | false
            private/secret.txt. | true
            private/secret.txt. | false
            private./secret.txt | false
            private/2026./01    | false
            private/2026/01.    | false
            SHOWN/secret.txt    | true
            SHOWN/secret.txt    | false
            shown/SECRET.txt    | true
            shown/SECRET.txt    | false
            readme              | false
            kelvin              | true
            kelvin              | false
            gro\u0308\u00dfe.txt | true
            gro\u0308\u00dfe.txt | false
            GR\u00d6\u00dfE.txt  | false
            \u00e9.txt           | true
            \u00e9.txt           | false
            """)
    void areFoundByNoOther(String path, boolean tellsNames) throws IOException {
        Path root = root(tellsNames);
        String read = path.translateEscapes();
        assertTrue(Files.exists(root.resolve(read)), "the file system finds it");
        SafePath files = SafePath.of(root);
        assertThrows(NotFoundException.class, () -> files.resolve(read));
        assertThrows(NotFoundException.class, () -> files.file(read));
        assertTrue(files.find(read).isEmpty());
        assertThrows(NotFoundException.class, () -> files.resolveNew(read));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void areFoundByTheirOwn(boolean tellsNames) throws IOException {
        Path root = root(tellsNames);
        SafePath files = SafePath.of(root);
        for (String path : new String[] {
            "private/secret.txt",
            "private/2026/01",
            "gr\u00f6\u00dfe.txt",
            "e\u0301.txt",
            "\u212aelvin",
            "\u65e5\u672c",
            "README"
        }) {
            assertEquals(root.resolve(path), files.resolve(path));
            assertEquals(root.resolve(path), files.resolveNew(path));
        }
        assertEquals(root.resolve("private/secret.txt"), files.resolve("shown/secret.txt"));
        assertEquals(root.resolve("private/new"), files.resolveNew("private/new"));
        assertThrows(NotFoundException.class, () -> files.resolveNew("PRIVATE/new"));
    }
}
