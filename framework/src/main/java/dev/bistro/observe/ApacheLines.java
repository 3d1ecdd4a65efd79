package dev.bistro.observe;

import dev.bistro.observe.AccessEntry.Asked;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines as Apache's httpd 2.4 writes them: {@code common} is {@code %h %l %u %t "%r" %>s %b}, and {@code combined} has
 * {@code "%{Referer}i" "%{User-Agent}i"} behind that.
 *
 * <pre>
 *   192.0.2.7 - ada [27/Nov/2026:07:05:18 +0000] "GET /cart?token=*** HTTP/1.1" 200 512 "-" "curl/8.5.0"
 * </pre>
 *
 * <p>For one thread.
 *
 * @see <a href="https://httpd.apache.org/docs/2.4/mod/mod_log_config.html">mod_log_config</a>
 */
final class ApacheLines {
    private static final String ABSENT = "-";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final boolean isCombined;
    private final SecondText time;

    ApacheLines(boolean isCombined, ZoneId zone) {
        this.isCombined = isCombined;
        this.time = new SecondText(DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
                .withZone(zone));
    }

    String line(AccessEntry entry) {
        Asked request = entry.request();
        var line = new StringBuilder(256);
        line.append(AddressText.of(entry.client()).orElse(ABSENT)).append(" - ");
        appendUser(line, request == null ? null : request.user());
        line.append(" [").append(time.of(entry.receivedMillis())).append("] \"");
        appendRequest(line, request);
        line.append("\" ");
        appendNumber(line, entry.status());
        line.append(' ');
        appendNumber(line, entry.bodyBytes());
        if (isCombined) {
            line.append(" \"");
            appendText(line, request == null ? null : SecretParameters.maskAddress(request.referer()));
            line.append("\" \"");
            appendText(line, request == null ? null : request.userAgent());
            line.append('"');
        }
        return line.toString();
    }

    /** {@code -} for nobody, and {@code ""} for a user whose name is empty. */
    private static void appendUser(StringBuilder line, String user) {
        if (user == null) {
            line.append(ABSENT);
        } else if (user.isEmpty()) {
            line.append("\"\"");
        } else {
            escape(line, user, StandardCharsets.UTF_8);
        }
    }

    private static void appendRequest(StringBuilder line, Asked request) {
        if (request == null) {
            line.append(ABSENT);
        } else {
            appendText(line, request.method());
            line.append(' ');
            appendText(line, SecretParameters.maskAddress(request.target()));
            line.append(' ').append(request.protocol());
        }
    }

    private static void appendNumber(StringBuilder line, long number) {
        if (number == 0) {
            line.append(ABSENT);
        } else {
            line.append(number);
        }
    }

    /** A text of a request's head, which has a character for each byte. */
    private static void appendText(StringBuilder line, String text) {
        if (text == null) {
            line.append(ABSENT);
        } else {
            escape(line, text, StandardCharsets.ISO_8859_1);
        }
    }

    private static void escape(StringBuilder line, String text, Charset charset) {
        for (byte b : text.getBytes(charset)) {
            switch (b) {
                case '"', '\\' -> line.append('\\').append((char) b);
                case '\b' -> line.append("\\b");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case 0x0b -> line.append("\\v");
                default -> {
                    if (b >= ' ' && b < 0x7f) {
                        line.append((char) b);
                    } else {
                        line.append("\\x").append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
                    }
                }
            }
        }
    }
}
