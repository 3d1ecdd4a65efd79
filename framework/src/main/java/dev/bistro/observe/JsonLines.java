package dev.bistro.observe;

import dev.bistro.observe.AccessEntry.Asked;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines that are JSON objects, in ASCII alone. What isn't known is left out. For one thread.
 *
 * <pre>{@code
 *   {"time":"2026-11-27T07:05:18.042Z","status":200,"bytes":512,"millis":1.307,"complete":true,"client":"192.0.2.7",…}
 * }</pre>
 */
final class JsonLines {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long THOUSAND = 1_000;

    private final SecondText seconds = new SecondText(
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC));

    String line(AccessEntry entry) {
        var line = new StringBuilder(512);
        line.append("{\"time\":\"").append(seconds.of(entry.receivedMillis())).append('.');
        appendThousandths(line, Math.floorMod(entry.receivedMillis(), THOUSAND));
        line.append("Z\"");
        if (entry.status() > 0) {
            appendKey(line, "status").append(entry.status());
        }
        appendKey(line, "bytes").append(entry.bodyBytes());
        long micros = entry.durationNanos() / NANOS_PER_MICRO;
        appendKey(line, "millis").append(micros / THOUSAND).append('.');
        appendThousandths(line, micros % THOUSAND);
        appendKey(line, "complete").append(entry.isComplete());
        append(line, "client", AddressText.of(entry.client()).orElse(null));
        append(line, "peer", AddressText.of(entry.peer()).orElse(null));
        if (entry.request() != null) {
            appendRequest(line, entry.request());
        }
        return line.append('}').toString();
    }

    private static void appendRequest(StringBuilder line, Asked request) {
        append(line, "requestId", request.id());
        append(line, "traceId", request.traceId());
        append(line, "user", request.user());
        append(line, "method", request.method());
        append(line, "scheme", request.scheme());
        append(line, "host", request.host());
        append(line, "path", SecretParameters.maskAddress(request.path()));
        append(line, "query", SecretParameters.maskQuery(request.query()));
        append(line, "protocol", request.protocol());
        append(line, "route", request.route());
        append(line, "referer", SecretParameters.maskAddress(request.referer()));
        append(line, "userAgent", request.userAgent());
    }

    private static void appendThousandths(StringBuilder line, long number) {
        if (number < 100) {
            line.append('0');
        }
        if (number < 10) {
            line.append('0');
        }
        line.append(number);
    }

    private static StringBuilder appendKey(StringBuilder line, String key) {
        return line.append(",\"").append(key).append("\":");
    }

    private static void append(StringBuilder line, String key, String text) {
        if (text != null) {
            appendKey(line, key).append('"');
            escape(line, text);
            line.append('"');
        }
    }

    /** Half of a pair of surrogates is no character, and many readers refuse it. */
    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                line.append(c);
            } else {
                appendUnicode(line, isHalf(text, i) ? '\uFFFD' : c);
            }
        }
    }

    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static void appendUnicode(StringBuilder line, char c) {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
