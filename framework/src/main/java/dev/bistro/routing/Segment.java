package dev.bistro.routing;

import java.util.List;

/** One segment of a template: what stands between two slashes. Positions are those of the encoded path. */
sealed interface Segment permits LiteralSegment, VariableSegment, RestSegment {
    /** The segment without the variables' names, which is what tells it from others. */
    String shape();

    /** Which of two segments is tried first. */
    Specificity specificity();

    List<String> variableNames();

    /** Whether it matches this part of a path. */
    boolean matches(String path, int start, int end);

    /** Encoded segments to try when a path is looked for that two templates match. */
    List<String> examples();

    /** Where the part of the path ends that it takes, beginning at this index. */
    default int end(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    /** Writes where its variables' values begin and end, from this index of the spans on; returns the index after them. */
    default int locate(String path, int start, int end, int[] spans, int at) {
        return at;
    }
}
