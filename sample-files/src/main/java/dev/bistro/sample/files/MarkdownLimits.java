package dev.bistro.sample.files;

import java.util.Set;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkProcessor;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;

/**
 * Counts what makes a text costly while it is parsed, and breaks off by an {@link IllegalStateException}; it changes
 * nothing else. Belongs to one text.
 */
final class MarkdownLimits implements LinkProcessor, InlineContentParserFactory {
    /** The parser looks through all open brackets at the end of each link, so that time grows with the square. */
    private static final int MAX_LINKS = 5_000;

    /** Paragraphs, headings and cells: two bytes make a row, which gets a cell for each column of its table. */
    private static final int MAX_PARTS = 50_000;

    private int links;
    private int parts;

    /** Called for each link or image. */
    @Override
    public LinkResult process(LinkInfo link, Scanner scanner, InlineParserContext context) {
        require(++links <= MAX_LINKS);
        return LinkResult.none();
    }

    /** Called for each part. */
    @Override
    public InlineContentParser create() {
        require(++parts <= MAX_PARTS);
        return state -> ParsedInline.none();
    }

    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of();
    }

    private static void require(boolean isWithinLimits) {
        if (!isWithinLimits) {
            throw new IllegalStateException("More than " + MAX_LINKS + " links, or " + MAX_PARTS + " parts");
        }
    }
}
