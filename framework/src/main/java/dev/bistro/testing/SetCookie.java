package dev.bistro.testing;

import dev.bistro.http.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code Set-Cookie} header, as a browser reads it: its parts, whatever they are good for. Attributes that browsers
 * don't understand are left out.
 *
 * @param attributes by name in lower case; of several with one name, the last
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6">RFC 6265bis, section
 *     5.6</a>
 */
record SetCookie(String name, String value, Map<String, String> attributes) {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_ATTRIBUTE_BYTES = 1024;
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]+");
    private static final int MAX_DIGITS = 15;

    /** The parts of a header; empty if a browser passes it over. */
    static Optional<SetCookie> parse(String header) {
        if (CONTROL.matcher(header).find()) {
            return Optional.empty();
        }
        String[] parts = header.split(";");
        String pair = parts.length == 0 ? "" : parts[0];
        String name = pair.contains("=") ? before(pair) : "";
        String value = pair.contains("=") ? after(pair) : pair.strip();
        if (name.isEmpty() && value.isEmpty() || bytes(name) + bytes(value) > MAX_BYTES) {
            return Optional.empty();
        }
        var attributes = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            String attribute = after(parts[i]);
            if (bytes(attribute) <= MAX_ATTRIBUTE_BYTES) {
                attributes.put(before(parts[i]).toLowerCase(Locale.ROOT), attribute);
            }
        }
        return Optional.of(new SetCookie(name, value, Map.copyOf(attributes)));
    }

    private static String before(String pair) {
        return pair.split("=", 2)[0].strip();
    }

    private static String after(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1).strip();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    boolean isSecure() {
        return attributes.containsKey("secure");
    }

    boolean isSameSiteNone() {
        return attributes.getOrDefault("samesite", "").equalsIgnoreCase("None");
    }

    /** The domain without a leading dot, in lower case; empty if it is for the host alone. */
    String domain() {
        String domain = attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT);
        return domain.startsWith(".") ? domain.substring(1) : domain;
    }

    /** The path; empty if it is left to the browser. */
    Optional<String> path() {
        return Optional.ofNullable(attributes.get("path")).filter(path -> path.startsWith("/"));
    }

    /**
     * When it is forgotten: {@code Max-Age} counts before {@code Expires}, whose date is read in the three formats of
     * HTTP; empty if it is kept as long as the client.
     */
    Optional<Instant> expiry(Instant now, Duration longest) {
        String age = attributes.getOrDefault("max-age", "");
        if (SECONDS.matcher(age).matches()) {
            return Optional.of(now.plus(age(age, longest)));
        }
        return Optional.ofNullable(attributes.get("expires"))
                .flatMap(HttpDate::parse)
                .map(date -> {
                    Instant last = now.plus(longest);
                    return date.isAfter(last) ? last : date;
                });
    }

    private static Duration age(String seconds, Duration longest) {
        if (seconds.startsWith("-")) {
            return Duration.ZERO;
        }
        if (seconds.length() > MAX_DIGITS) {
            return longest;
        }
        Duration age = Duration.ofSeconds(Long.parseLong(seconds));
        return age.compareTo(longest) > 0 ? longest : age;
    }
}
