package dev.bistro.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The content codings that a client accepts, by its {@code Accept-Encoding} header:
 * {@code AcceptEncoding.of(request).quality("gzip")} of {@code gzip;q=0.5, *;q=0} is 500.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110, section 12.5.3</a>
 */
public final class AcceptEncoding {
    private static final KnownTexts<AcceptEncoding> KNOWN = new KnownTexts<>(AcceptEncoding::read);

    private final Map<String, Integer> qualities; // never changed

    private AcceptEncoding(Map<String, Integer> qualities) {
        this.qualities = qualities;
    }

    /** What the client of the request accepts; no coding, if the header is missing. */
    public static AcceptEncoding of(Request request) {
        return request.headers()
                .combined("Accept-Encoding")
                .map(AcceptEncoding::parse)
                .orElseGet(() -> parse(""));
    }

    /** Reads the value of an {@code Accept-Encoding} header; items that aren't valid are ignored. */
    public static AcceptEncoding parse(String value) {
        return KNOWN.read(value);
    }

    private static AcceptEncoding read(String value) {
        var qualities = new HashMap<String, Integer>();
        for (String item : HeaderLists.split(value)) {
            int semicolon = item.indexOf(';');
            String coding = (semicolon < 0 ? item : item.substring(0, semicolon))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            try {
                qualities.putIfAbsent(coding, semicolon < 0 ? 1000 : HeaderLists.quality(item, semicolon));
            } catch (IllegalArgumentException notValid) {
                continue; // as if it weren't there
            }
        }
        return new AcceptEncoding(qualities);
    }

    /** How much the client prefers the coding, in thousandths, from 1000 down to 0 (not accepted). */
    public int quality(String coding) {
        Integer own = qualities.get(coding);
        return own != null ? own : qualities.getOrDefault("*", 0);
    }
}
