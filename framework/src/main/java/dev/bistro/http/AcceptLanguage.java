package dev.bistro.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The languages that a client prefers, by its {@code Accept-Language} header:
 * {@code AcceptLanguage.parse("en;q=0.5, de-CH, *;q=0.1").tags()} is {@code [de-CH, en]}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4">RFC 9110, section 12.5.4</a>
 */
public final class AcceptLanguage {
    private static final int MOST = 1000;

    private final List<String> tags;

    /** A tag and its quality in thousandths. */
    private record Liked(String tag, int quality) {}

    private AcceptLanguage(List<String> tags) {
        this.tags = tags;
    }

    /** What the client of the request prefers; no language, if the header is missing. */
    public static AcceptLanguage of(Request request) {
        return parse(request.headers().combined("Accept-Language").orElse(""));
    }

    /** Reads the value of an {@code Accept-Language} header; items whose weight isn't valid are ignored. */
    public static AcceptLanguage parse(String value) {
        var liked = new ArrayList<Liked>();
        for (String item : HeaderLists.split(value)) {
            int semicolon = item.indexOf(';');
            String tag = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
            try {
                liked.add(new Liked(tag, semicolon < 0 ? MOST : HeaderLists.quality(item, semicolon)));
            } catch (IllegalArgumentException notValid) {
                continue; // as if it weren't there
            }
        }
        return new AcceptLanguage(liked.stream()
                .filter(one -> one.quality > 0 && !one.tag.equals("*"))
                .sorted(Comparator.comparingInt(Liked::quality).reversed())
                .map(Liked::tag)
                .toList());
    }

    /**
     * The language tags that the client names, the preferred one first and equals in the client's own order; without
     * {@code *}, which is no language.
     */
    public List<String> tags() {
        return tags;
    }
}
