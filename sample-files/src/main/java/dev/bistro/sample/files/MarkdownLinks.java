package dev.bistro.sample.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;

/**
 * The addresses in Markdown. They are percent-encoded first and judged then, so that what is judged is what a browser
 * gets, without any character that it would pass over or take for another ({@code java\tscript:}, {@code \\host}).
 *
 * <ul>
 *   <li>Relative ones stay, and lead from the folder of the page. They are the only ones for images.
 *   <li>{@code http}, {@code https}, {@code mailto} and those that begin with two slashes lead to others.
 *   <li>All others are dropped: a link's text stays, and an image's description.
 * </ul>
 */
final class MarkdownLinks implements AttributeProvider {
    /** What the headings' ids begin with, so that none is that of another part of the page. */
    static final String ID_PREFIX = "readme-";

    private static final Pattern OUTSIDE = Pattern.compile("(?i)(https?:)?//.*|mailto:.*");
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");
    private static final Pattern HEADING = Pattern.compile("(?i)((?:[^?#]*(?:/|\\.md))?(?:\\?[^#]*)?#)(.+)");

    /** Longer ones are dropped: each of thousands of links may refer to the same definition. */
    private static final int MAX_LENGTH = 2_000;

    /** What an address may have besides letters and digits (RFC 3986, section 2), but for brackets. */
    private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=";

    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link link) {
            attributes.remove("href");
            encode(link.getDestination()).ifPresent(address -> setLink(address, attributes));
        } else if (node instanceof Image image) {
            attributes.remove("src");
            encode(image.getDestination()).ifPresent(address -> setImage(address, attributes));
        }
    }

    private static void setLink(String address, Map<String, String> attributes) {
        if (OUTSIDE.matcher(address).matches()) {
            attributes.put("href", address);
            attributes.put("rel", "nofollow noopener noreferrer");
        } else {
            relative(address).ifPresent(stays -> attributes.put("href", toHeading(stays)));
        }
    }

    /** An image has no query: no page is to ask for a login, say, because it shows an image. */
    private static void setImage(String address, Map<String, String> attributes) {
        if (!OUTSIDE.matcher(address).matches()) {
            relative(address).ifPresent(stays -> {
                attributes.put("src", stays.replaceFirst("[?#].*", ""));
                attributes.put("loading", "lazy");
            });
        }
    }

    private static Optional<String> relative(String address) {
        return WITH_SCHEME.matcher(address).matches() ? Optional.empty() : Optional.of(address);
    }

    /** A heading of this page or of another that is made of Markdown: {@code "a.md#b"} is {@code "a.md#readme-b"}. */
    private static String toHeading(String address) {
        Matcher heading = HEADING.matcher(address);
        return heading.matches() ? heading.group(1) + ID_PREFIX + heading.group(2) : address;
    }

    /**
     * Encodes what an address can't have, and leaves what is encoded: {@code "a b%20c%.md"} is
     * {@code "a%20b%20c%25.md"}. Empty if the address is too long.
     */
    private static Optional<String> encode(String written) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        var address = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char character = (char) (bytes[i] & 0xff);
            boolean stays = isAlphanumeric(character)
                    || ALLOWED.indexOf(character) >= 0
                    || character == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
            address.append(stays ? String.valueOf(character) : String.format("%%%02X", (int) character));
        }
        return Optional.of(address.toString());
    }

    private static boolean isAlphanumeric(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character);
    }

    private static boolean isHex(byte[] bytes, int index) {
        return index < bytes.length && Character.digit(bytes[index], 16) >= 0;
    }
}
