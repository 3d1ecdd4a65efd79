package dev.bistro.coding;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The content codings that requests may have and responses get.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1">RFC 9110, section 8.4.1</a>
 */
enum Coding {
    /** Members of raw data, each between a head and a trailer of its own (RFC 1952). */
    GZIP(true),
    /** Data in the zlib format, as RFC 9110 requires (RFC 1950). */
    DEFLATE(false);

    private final boolean raw;

    Coding(boolean raw) {
        this.raw = raw;
    }

    /** A stream that encodes what is written to it. The caller must {@linkplain EncodedOutput#end end} it. */
    EncodedOutput encode(OutputStream plain) {
        return new EncodedOutput(this, plain);
    }

    /** A stream of the decoded bytes. The caller must close it. */
    DecodedStream decode(InputStream encoded) {
        return new DecodedStream(this, encoded);
    }

    /** The caller must end it, since it has memory outside the heap. */
    Deflater newDeflater() {
        return new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
    }

    /** The caller must end it, since it has memory outside the heap. */
    Inflater newInflater() {
        return new Inflater(raw);
    }

    /** The coding's name in headers. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The coding of a name; {@code x-gzip} is {@code gzip}. */
    static Optional<Coding> of(String token) {
        return switch (token.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }
}
