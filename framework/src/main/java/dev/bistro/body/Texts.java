package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Bytes as text, strictly: what isn't in the charset is a client's fault, never a replacement character. */
public final class Texts {
    private static final int CHUNK = 1024;

    private Texts() {}

    /**
     * The charset of a text of this media type, by whatever name (RFC 2978 has aliases: {@code UTF8}, {@code latin1}):
     * UTF-8 where none is named; empty for one that isn't known.
     */
    static Optional<Charset> charset(MediaType mediaType) {
        String name = mediaType.parameter("charset").orElse("utf-8");
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Whether a text of this media type is UTF-8. */
    public static boolean isUtf8(MediaType mediaType) {
        return charset(mediaType).filter(StandardCharsets.UTF_8::equals).isPresent();
    }

    /**
     * Decodes a text.
     *
     * @param what it is, for the message: {@code "The body"}
     * @throws BadRequestException if the bytes aren't of the charset
     */
    static String decode(String what, byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequestException(what + " isn't " + charset.name().toLowerCase(Locale.ROOT) + " text");
        }
    }

    /** The index of the first byte that isn't well-formed UTF-8 (overlong forms and surrogates aren't), or -1. */
    public static int malformedUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError() ? in.position() : -1;
    }
}
