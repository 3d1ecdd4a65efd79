package dev.bistro.routing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A segment without variables, compared with the decoded segment of a path. */
final class LiteralSegment implements Segment {
    private final String text;
    private final byte[] bytes;

    LiteralSegment(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String shape() {
        return text;
    }

    @Override
    public Specificity specificity() {
        return Specificity.LITERAL;
    }

    @Override
    public String plain() {
        return text;
    }

    @Override
    public List<String> variableNames() {
        return List.of();
    }

    @Override
    public boolean matches(String path, int start, int end) {
        return EncodedText.endOf(bytes, path, start, end) == end;
    }

    @Override
    public List<String> examples() {
        return List.of(EncodedText.encode(bytes));
    }
}
