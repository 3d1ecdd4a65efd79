package dev.bistro.body;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a form's part.
 *
 * @param name the field's name
 * @param fileName the file's name as it was sent; empty if the part has none
 * @param mediaType the content's media type
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578#section-4.2">RFC 7578, section 4.2</a>
 */
record PartHead(String name, Optional<String> fileName, Optional<MediaType> mediaType) {
    private static final Set<String> PLAIN_ENCODINGS = Set.of("binary", "8bit", "7bit");

    /**
     * Parses the lines of a head, in which each character is a byte.
     *
     * @throws BadRequestException if they aren't those of a form's part
     */
    static PartHead parse(List<String> lines) {
        Map<String, String> fields = fields(lines);
        requirePlain(fields.getOrDefault("content-transfer-encoding", "binary"));
        String disposition = fields.get("content-disposition");
        if (disposition == null) {
            throw malformed("a part without Content-Disposition");
        }
        Map<String, String> parameters = new DispositionScanner(disposition).read();
        String name = parameters.get("name");
        if (name == null) {
            throw malformed("a part without a name");
        }
        Optional<String> fileName = Optional.ofNullable(parameters.get("filename"))
                .or(() -> Optional.ofNullable(parameters.get("filename*")).map(DispositionScanner::decodeExtended));
        return new PartHead(
                name, fileName, Optional.ofNullable(fields.get("content-type")).map(PartHead::mediaType));
    }

    private static Map<String, String> fields(List<String> lines) {
        var fields = new HashMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0 || !Tokens.isToken(line.substring(0, colon))) {
                throw malformed("a part's header field without its name");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (fields.put(name, decode(line.substring(colon + 1)).strip()) != null) {
                throw malformed("a part with a header field twice");
            }
        }
        return fields;
    }

    /** Decodes a value in the page's charset, which is UTF-8 (RFC 7578, section 5.1). */
    private static String decode(String bytes) {
        return Texts.decode(
                "A header field of the form", bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** RFC 7578, section 4.7: encodings are deprecated; one that changes the content must not be ignored. */
    private static void requirePlain(String encoding) {
        if (!PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw malformed("a Content-Transfer-Encoding, which isn't read here");
        }
    }

    private static MediaType mediaType(String text) {
        try {
            return MediaType.parse(text);
        } catch (IllegalArgumentException notOne) {
            throw malformed("a part whose Content-Type isn't a media type");
        }
    }

    /** Whether the part is a file: it has a file name, or content that isn't text. */
    boolean isFile() {
        return fileName.isPresent()
                || mediaType.filter(type -> !type.type().equals("text")).isPresent();
    }

    static BadRequestException malformed(String what) {
        return new BadRequestException("The body isn't valid multipart/form-data: " + what);
    }
}
