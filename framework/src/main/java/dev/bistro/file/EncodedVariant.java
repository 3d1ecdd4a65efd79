package dev.bistro.file;

import dev.bistro.http.AcceptEncoding;
import dev.bistro.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The file that is sent for another: itself, or one beside it that has the same content compressed.
 *
 * @param coding the content coding, empty for none
 */
record EncodedVariant(FileSource source, String coding) {
    private record Kind(String coding, String suffix) {}

    /** The better one first, where the client likes both the same. */
    private static final List<Kind> KINDS =
            List.of(new Kind("br", ".br"), new Kind("zstd", ".zst"), new Kind("gzip", ".gz"));

    static EncodedVariant plain(FileSource source) {
        return new EncodedVariant(source, "");
    }

    static EncodedVariant choose(Request request, FileSource source) throws IOException {
        AcceptEncoding accepted = AcceptEncoding.of(request);
        EncodedVariant best = plain(source);
        int quality = 0;
        for (Kind kind : KINDS) {
            if (accepted.quality(kind.coding) > quality) {
                Optional<FileSource> compressed = compressed(source, kind);
                if (compressed.isPresent()) {
                    best = new EncodedVariant(compressed.get(), kind.coding);
                    quality = accepted.quality(kind.coding);
                }
            }
        }
        return best;
    }

    private static Optional<FileSource> compressed(FileSource source, Kind kind) throws IOException {
        Optional<FileSource> beside = source.beside(kind.suffix);
        return beside.isPresent() && !beside.get().lastModified().isBefore(source.lastModified())
                ? beside
                : Optional.empty();
    }
}
