package dev.bistro.http;

import java.nio.charset.StandardCharsets;

/**
 * Makes values of the {@code Content-Disposition} field, with a file name in any script:
 * {@code attachment("Größe.txt")} is {@code attachment; filename="Gr__e.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6266">RFC 6266</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8187">RFC 8187</a>
 */
public final class ContentDisposition {
    private static final String ATTR_CHAR = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** For a body that the client saves under that name. */
    public static String attachment(String fileName) {
        return "attachment" + named(fileName);
    }

    /** For a body that the client shows, and saves under that name if the user asks for it. */
    public static String inline(String fileName) {
        return "inline" + named(fileName);
    }

    private static String named(String fileName) {
        var plain = new StringBuilder();
        fileName.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
        String fallback = "; filename=\"" + plain + '"';
        return plain.toString().equals(fileName) ? fallback : fallback + "; filename*=UTF-8''" + encoded(fileName);
    }

    /** Whether all clients read it in the same way within quotes. */
    private static boolean isPlain(int c) {
        return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '%' && c != '/';
    }

    private static String encoded(String fileName) {
        var encoded = new StringBuilder();
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (plain || b > 0 && ATTR_CHAR.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }
}
