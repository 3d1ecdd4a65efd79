package dev.bistro.html;

import java.nio.charset.StandardCharsets;

/** Escapes texts, so that nothing in them is read as markup or as the syntax of an address. */
final class Escaping {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Escaping() {}

    /** For the content of an element or a quoted attribute: {@code escape("a<b")} is {@code "a&lt;b"}. */
    static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!entity(text.charAt(i)).isEmpty()) {
                return escapeFrom(i, text);
            }
        }
        return text;
    }

    private static String escapeFrom(int first, String text) {
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (entity.isEmpty()) {
                escaped.append(text.charAt(i));
            } else {
                escaped.append(entity);
            }
        }
        return escaped.toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> "";
        };
    }

    /**
     * For a part of an address: percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
     * {@code percentEncode("a/b", "")} is {@code "a%2Fb"}.
     *
     * @param kept further characters that stay as they are
     */
    static String percentEncode(String text, String kept) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b) || kept.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX[b >> 4 & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
    }
}
