package dev.bistro.coding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The content codings that are read and written here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1">RFC 9110, section 8.4.1</a>
 */
enum Coding {
    GZIP {
        @Override
        OutputStream encode(OutputStream plain) throws IOException {
            return new GZIPOutputStream(plain, BUFFER_BYTES, true);
        }

        @Override
        InputStream decode(InputStream encoded) throws IOException {
            return new GZIPInputStream(encoded, BUFFER_BYTES);
        }
    },
    /** With the zlib format around it, as the RFC has it. */
    DEFLATE {
        @Override
        OutputStream encode(OutputStream plain) {
            return new DeflaterOutputStream(plain, true);
        }

        @Override
        InputStream decode(InputStream encoded) {
            return new InflaterInputStream(encoded);
        }
    };

    private static final int BUFFER_BYTES = 4 * 1024;

    /** A stream that writes encoded what is written to it; a flush reaches the client. */
    abstract OutputStream encode(OutputStream plain) throws IOException;

    /** A stream that reads decoded what is encoded; a {@link java.util.zip.ZipException} or EOF if it isn't. */
    abstract InputStream decode(InputStream encoded) throws IOException;

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
