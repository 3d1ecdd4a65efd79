package dev.bistro.html;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A template that was parsed and found safe: pieces of literal markup, each with a slot after it, and the end.
 * Immutable.
 */
final class HtmlTemplate {
    // A program has few templates. If it puts them together at run time after all, they mustn't fill the memory.
    private static final int MAX_CACHED = 10_000;
    private static final Map<String, HtmlTemplate> CACHE = new ConcurrentHashMap<>();

    private final String source;
    private final List<Piece> pieces;
    private final String end;

    /**
     * Literal markup, and the slot after it.
     *
     * @param attribute for a {@link Slot#FLAG}, a space and the attribute's name; empty for others
     */
    record Piece(String literal, Slot slot, String attribute) {}

    HtmlTemplate(String source, List<Piece> pieces, String end) {
        this.source = source;
        this.pieces = List.copyOf(pieces);
        this.end = end;
    }

    /**
     * Parses a template, or takes it from the cache.
     *
     * @throws IllegalArgumentException if it isn't safe
     */
    static HtmlTemplate of(String source) {
        HtmlTemplate cached = CACHE.get(source);
        if (cached != null) {
            return cached;
        }
        HtmlTemplate parsed = new TemplateScanner(source).scan();
        if (CACHE.size() < MAX_CACHED) {
            CACHE.put(source, parsed);
        }
        return parsed;
    }

    /** The markup with these values in the slots. */
    String fill(Object[] values) {
        if (values.length != pieces.size()) {
            throw new IllegalArgumentException("The template has " + pieces.size() + " places for values, but "
                    + values.length + " were given: " + shown(source));
        }
        var page = new StringBuilder(source.length() + 32 * values.length);
        for (int i = 0; i < values.length; i++) {
            Piece piece = pieces.get(i);
            page.append(piece.literal);
            try {
                write(page, piece, values[i]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Value " + (i + 1) + " of the template " + e.getMessage() + ": " + shown(source), e);
            }
        }
        return page.append(end).toString();
    }

    private static void write(StringBuilder page, Piece piece, Object value) {
        if (piece.slot != Slot.FLAG) {
            piece.slot.write(page, value);
        } else if (!(value instanceof Boolean isThere)) {
            throw new IllegalArgumentException("is not a boolean, which" + piece.attribute + " takes");
        } else if (isThere) {
            page.append(piece.attribute).append("=\"\"");
        }
    }

    /** A template as messages show it: in one line, cut if it is long. */
    static String shown(String source) {
        String line = source.strip().replaceAll("\\s+", " ");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
