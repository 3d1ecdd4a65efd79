package dev.bistro.file;

import dev.bistro.http.AcceptEncoding;
import dev.bistro.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The file that is sent: the one that was asked for, or a precompressed copy of it in the same folder.
 *
 * @param coding the content coding, empty for none
 */
record EncodedVariant(FileSource source, String coding) {
    private record Kind(String coding, String suffix) {}

    /** In the order of preference where the client accepts several equally. */
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
        Optional<FileSource> copy = source.sibling(kind.suffix);
        return copy.isPresent() && !copy.get().lastModified().isBefore(source.lastModified()) ? copy : Optional.empty();
    }
}
