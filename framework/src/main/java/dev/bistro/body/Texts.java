package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes bytes as text strictly: bytes that aren't of the charset are a client's fault, never a replacement character.
 */
final class Texts {
    private Texts() {}

    /**
     * The charset of a text of this media type, by any of its names ({@code UTF8} and {@code latin1} are aliases by
     * RFC 2978). UTF-8 if the media type names none; empty if the charset isn't known.
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
    static boolean isUtf8(MediaType mediaType) {
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
}
