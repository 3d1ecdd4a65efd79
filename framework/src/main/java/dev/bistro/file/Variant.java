package dev.bistro.file;

import dev.bistro.http.AcceptEncoding;
import dev.bistro.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that is sent for another: itself, or one beside it that has the same content compressed.
 *
 * @param coding the content coding, empty for none
 */
record Variant(Path path, String coding) {
    private record Kind(String coding, String suffix) {}

    /** The better one first, where the client likes both the same. */
    private static final List<Kind> KINDS =
            List.of(new Kind("br", ".br"), new Kind("zstd", ".zst"), new Kind("gzip", ".gz"));

    static Variant plain(Path path) {
        return new Variant(path, "");
    }

    static Variant choose(Request request, Path path) throws IOException {
        AcceptEncoding accepted = AcceptEncoding.of(request);
        Variant best = plain(path);
        int quality = 0;
        for (Kind kind : KINDS) {
            Path compressed = path.resolveSibling(path.getFileName() + kind.suffix);
            if (accepted.quality(kind.coding) > quality && isOf(compressed, path)) {
                best = new Variant(compressed, kind.coding);
                quality = accepted.quality(kind.coding);
            }
        }
        return best;
    }

    private static boolean isOf(Path compressed, Path plain) throws IOException {
        return Files.isRegularFile(compressed)
                && Files.getLastModifiedTime(compressed).compareTo(Files.getLastModifiedTime(plain)) >= 0;
    }
}
