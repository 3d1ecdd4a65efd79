package dev.bistro.html;

import dev.bistro.html.HtmlTemplate.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template at its {@code {}} into literal markup and slots. {@link HtmlTokenizer} knows where in the page each
 * of them is. Used once.
 */
final class TemplateScanner {
    private static final String PLACEHOLDER = "{}";

    private final String source;
    private final HtmlTokenizer html;
    private final List<Piece> pieces = new ArrayList<>();
    private int literalStart;

    TemplateScanner(String source) {
        this.source = source;
        this.html = new HtmlTokenizer(source);
    }

    /**
     * Reads the template.
     *
     * @throws IllegalArgumentException if it isn't safe; the message says why and where
     */
    HtmlTemplate scan() {
        try {
            while (!html.isAtEnd()) {
                if (source.startsWith(PLACEHOLDER, html.position())) {
                    placeholder();
                } else {
                    html.step();
                }
            }
            html.requireContent();
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        return new HtmlTemplate(source, pieces, source.substring(literalStart));
    }

    private void placeholder() {
        Slot slot = html.slot();
        if (slot == Slot.FLAG) {
            String literal = source.substring(literalStart, html.attributeStart());
            pieces.add(new Piece(literal.replaceAll("[ \t\n\f\r]+$", ""), slot, " " + html.attribute()));
            html.skipRestOfFlag(PLACEHOLDER.length());
        } else {
            pieces.add(new Piece(source.substring(literalStart, html.position()), slot, ""));
            html.skip(PLACEHOLDER.length());
        }
        literalStart = html.position();
    }

    private IllegalArgumentException refused(String why) {
        int at = html.position();
        int line =
                1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
        String near = source.substring(at, Math.min(source.length(), at + 20)).replaceAll("\\s+", " ");
        return new IllegalArgumentException("Not a safe template: " + why + " (line " + line + ", before \"" + near
                + "\"): " + HtmlTemplate.shown(source));
    }
}
