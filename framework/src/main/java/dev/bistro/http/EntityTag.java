package dev.bistro.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name for one state of a resource: {@code EntityTag.strong("v7").toString()} is {@code "v7"}, including the quotes.
 *
 * @param text what is between the quotes
 * @param isWeak whether states with different bytes but the same meaning may share the tag
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>
 */
public record EntityTag(String text, boolean isWeak) {
    private static final char CODING = '~';
    private static final char FORMAT = '!';

    /**
     * A tag of these parts.
     *
     * @throws IllegalArgumentException if the text has a quote, a space or a control character
     */
    public EntityTag {
        for (int i = 0; i < text.length(); i++) {
            if (!isTagCharacter(text.charAt(i))) {
                throw new IllegalArgumentException("Not the text of an entity tag: " + Tokens.quote(text));
            }
        }
    }

    // etagc = %x21 / %x23-7E / obs-text
    private static boolean isTagCharacter(char c) {
        return c == 0x21 || c >= 0x23 && c <= 0x7E || c >= 0x80 && c <= 0xFF;
    }

    /** A tag for exactly these bytes: {@code strong("v7")}. */
    public static EntityTag strong(String text) {
        return new EntityTag(text, false);
    }

    /**
     * The tag of a version: {@code ofVersion(7)} is {@code "7"}. Characters that no tag may have, and those that
     * {@link #coded} and {@link #as} use, are percent-encoded.
     */
    public static EntityTag ofVersion(Object version) {
        String text = version.toString();
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7F && b != '"' && b != '%' && b != CODING && b != FORMAT) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return strong(encoded.toString());
    }

    /**
     * The version that {@link #ofVersion} made this tag of, whatever {@link #coded} and {@link #as} have added; empty
     * if the tag can't come from there.
     */
    public Optional<String> version() {
        try {
            int end = 0;
            while (end < text.length() && text.charAt(end) != CODING && text.charAt(end) != FORMAT) {
                end++;
            }
            return Optional.of(PercentCoding.decode(text, 0, end));
        } catch (BadRequestException notEncoded) {
            return Optional.empty();
        }
    }

    /**
     * The tag of the same state in another media type, which has other bytes: {@code strong("v7").as("csv")} is
     * {@code "v7!csv"}.
     *
     * @throws IllegalArgumentException if the format has a quote, a space or a control character
     */
    public EntityTag as(String format) {
        return new EntityTag(text + FORMAT + format, isWeak);
    }

    /**
     * The tag of the same representation with a content coding, which has other bytes:
     * {@code strong("v7").coded("gzip")} is {@code "v7~gzip"}. A weak tag stays as it is.
     */
    public EntityTag coded(String coding) {
        return isWeak ? this : strong(text + CODING + coding);
    }

    /** The tag of the same representation without a content coding. */
    public EntityTag uncoded() {
        int end = text.lastIndexOf(CODING);
        return end < 0 ? this : new EntityTag(text.substring(0, end), isWeak);
    }

    /** The content coding that the tag was {@link #coded} with; empty for none. */
    public Optional<String> coding() {
        int end = text.lastIndexOf(CODING);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(end + 1));
    }

    /** The tags of an {@code If-Match} or {@code If-None-Match} field; anything else in it is ignored. */
    public static List<EntityTag> parseList(String value) {
        var tags = new ArrayList<EntityTag>();
        int at = 0;
        while (at < value.length()) {
            boolean weak = value.startsWith("W/\"", at);
            int start = weak ? at + 2 : at;
            if (value.charAt(start) != '"') {
                at++;
                continue;
            }
            int end = value.indexOf('"', start + 1);
            if (end < 0) {
                break;
            }
            addValid(tags, value.substring(start + 1, end), weak);
            at = end + 1;
        }
        return tags;
    }

    private static void addValid(List<EntityTag> tags, String text, boolean weak) {
        try {
            tags.add(new EntityTag(text, weak));
        } catch (IllegalArgumentException notATag) {
            return; // as if it weren't there
        }
    }

    /**
     * Whether both tags are strong and have the same text (RFC 9110, section 8.8.3.2), as ranges and {@code If-Match}
     * require.
     */
    public boolean matchesStrongly(EntityTag other) {
        return !isWeak && !other.isWeak && text.equals(other.text);
    }

    /** Whether both tags have the same text, as {@code If-None-Match} requires. */
    public boolean matchesWeakly(EntityTag other) {
        return text.equals(other.text);
    }

    /** The tag as it stands in a header: {@code W/"v7"}. */
    @Override
    public String toString() {
        return (isWeak ? "W/\"" : "\"") + text + '"';
    }
}
