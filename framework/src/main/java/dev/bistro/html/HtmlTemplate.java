package dev.bistro.html;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A template that was read and found safe: literal markup, with a slot after each piece but the last. Immutable. */
final class HtmlTemplate {
    // A program has as many as it has calls; more of them are put together at run time, and mustn't fill the memory.
    private static final int MAX_KEPT = 10_000;
    private static final Map<String, HtmlTemplate> KEPT = new ConcurrentHashMap<>();

    private final String source;
    private final List<Piece> pieces;
    private final String end;

    /**
     * Literal markup, and what comes after it.
     *
     * @param attribute for a {@link Slot#FLAG}, the attribute that is there or not; empty for others
     */
    record Piece(String literal, Slot slot, String attribute) {}

    HtmlTemplate(String source, List<Piece> pieces, String end) {
        this.source = source;
        this.pieces = List.copyOf(pieces);
        this.end = end;
    }

    /**
     * The template of a source, read the first time.
     *
     * @throws IllegalArgumentException if it isn't safe
     */
    static HtmlTemplate of(String source) {
        HtmlTemplate kept = KEPT.get(source);
        if (kept != null) {
            return kept;
        }
        HtmlTemplate read = new TemplateScanner(source).scan();
        if (KEPT.size() < MAX_KEPT) {
            KEPT.put(source, read);
        }
        return read;
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

    /** The template for a message. */
    static String shown(String source) {
        String line = source.strip().replaceAll("\\s+", " ");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
