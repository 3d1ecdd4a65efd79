package dev.bistro.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * The media types that a client accepts, by its {@code Accept} header: ranges with their quality. The most specific
 * range that includes a type decides the type's quality; a missing header means {@code *}{@code /*}. A range's charset
 * is ignored, since it doesn't decide between representations here: all our text is UTF-8, and JSON has no such
 * parameter (RFC 8259, section 11).
 *
 * <pre>{@code
 * Accept.of(request).best(List.of(MediaType.JSON, MediaType.HTML)); // Optional[text/html;charset=utf-8] for a browser
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
public final class Accept {
    private static final Accept ANYTHING = new Accept(List.of(new Range(MediaType.ANY, 1000)));
    private static final KnownTexts<Accept> KNOWN = new KnownTexts<>(Accept::read);

    /** A range and its quality in thousandths. */
    private record Range(MediaType type, int quality) {
        int specificity() {
            int wildcards = type.type().equals("*") ? 0 : type.subtype().equals("*") ? 1 : 2;
            return wildcards * 100 + type.parameters().size();
        }

        boolean includes(MediaType offered) {
            return type.includes(offered)
                    && type.parameters().entrySet().stream()
                            .allMatch(p -> p.getValue()
                                    .equalsIgnoreCase(offered.parameters().get(p.getKey())));
        }
    }

    private final List<Range> ranges;

    private Accept(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** What the client of the request accepts: anything, if the header is missing, empty or has no valid range. */
    public static Accept of(Request request) {
        return request.headers().combined("Accept").map(Accept::parse).orElse(ANYTHING);
    }

    /** Reads the value of an {@code Accept} header; ranges that aren't valid are ignored. */
    public static Accept parse(String value) {
        return KNOWN.read(value);
    }

    private static Accept read(String value) {
        var ranges = new ArrayList<Range>();
        for (String item : HeaderLists.split(value)) {
            range(item).ifPresent(ranges::add);
        }
        return ranges.isEmpty() ? ANYTHING : new Accept(List.copyOf(ranges));
    }

    private static Optional<Range> range(String item) {
        try {
            MediaType type = MediaType.parse(item);
            if (type.parameters().isEmpty()) {
                return Optional.of(new Range(type, 1000));
            }
            var parameters = new HashMap<>(type.parameters());
            String quality = parameters.remove("q");
            parameters.remove("charset");
            return Optional.of(new Range(
                    new MediaType(type.type(), type.subtype(), parameters),
                    quality == null ? 1000 : HeaderLists.quality(quality)));
        } catch (IllegalArgumentException notARange) {
            return Optional.empty();
        }
    }

    /** How much the client prefers the type, in thousandths, from 1000 down to 0 (not accepted). */
    public int quality(MediaType offered) {
        Range range = decisive(offered);
        return range == null ? 0 : range.quality;
    }

    /** The most specific range that includes the type, which decides about it; null if there is none. */
    private Range decisive(MediaType offered) {
        Range decisive = null;
        for (Range range : ranges) {
            if (range.includes(offered) && (decisive == null || range.specificity() > decisive.specificity())) {
                decisive = range;
            }
        }
        return decisive;
    }

    /**
     * Whether the client prefers HTML to JSON, as a browser does that opens a page. A client that likes both equally is
     * usually a program.
     */
    public boolean prefersHtml() {
        return quality(MediaType.HTML) > Math.max(quality(MediaType.PROBLEM_JSON), quality(MediaType.JSON));
    }

    /**
     * The offered type that the client prefers. Of equals, the one that it names most specifically ({@code text/html}
     * before one that is only in {@code *}{@code /*}), then the first. Empty if it accepts none of them.
     */
    public Optional<MediaType> best(List<MediaType> offered) {
        MediaType best = null;
        int quality = 0;
        int specificity = 0;
        for (MediaType type : offered) {
            Range range = decisive(type);
            if (range != null
                    && range.quality > 0
                    && (range.quality > quality || range.quality == quality && range.specificity() > specificity)) {
                best = type;
                quality = range.quality;
                specificity = range.specificity();
            }
        }
        return Optional.ofNullable(best);
    }
}
