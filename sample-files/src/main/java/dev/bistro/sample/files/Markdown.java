package dev.bistro.sample.files;

import dev.bistro.html.Html;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as markup that is safe to send, whoever wrote it: HTML in it is shown as text, and {@link MarkdownLinks}
 * decides which addresses stay. What it costs is bounded: the text's length by {@link TextFile}, its parts by
 * {@link MarkdownLimits}, and here its depth and the markup's length.
 *
 * @see <a href="https://spec.commonmark.org/">CommonMark</a>, and the tables of GitHub's Markdown
 */
final class Markdown {
    /** Parsing is a loop, but writing descends: a text of quotes alone would use up the thread's stack. */
    private static final int MAX_NESTING = 100;

    /** One long definition can be referred to from thousands of places. */
    private static final int MAX_MARKUP_LENGTH = 2 * 1024 * 1024;

    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            HeadingAnchorExtension.builder().idPrefix(MarkdownLinks.ID_PREFIX).build());

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .attributeProviderFactory(context -> new MarkdownLinks())
            .build();

    private Markdown() {}

    /** Whether a file of this name is written in Markdown: {@code "README.md"}. */
    static boolean isName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".md");
    }

    /** The text as markup; as it was written if it is beyond the limits. */
    static Html write(String text) {
        return render(text).orElseGet(() -> plain(text));
    }

    /** A text as it was written. */
    static Html plain(String text) {
        return Html.of("<pre>{}</pre>\n", text);
    }

    private static Optional<Html> render(String text) {
        try {
            var markup = new BoundedText(MAX_MARKUP_LENGTH);
            RENDERER.render(parse(text), markup);
            return Optional.of(Html.trusted(markup.toString()));
        } catch (RuntimeException beyondLimits) { // or a fault of the parser: a folder is to be listed even so
            return Optional.empty();
        }
    }

    private static Node parse(String text) {
        var limits = new MarkdownLimits();
        return Parser.builder()
                .extensions(EXTENSIONS)
                .maxOpenBlockParsers(MAX_NESTING)
                .maxInlineNesting(MAX_NESTING)
                .linkProcessor(limits)
                .customInlineContentParserFactory(limits)
                .build()
                .parse(text);
    }
}
