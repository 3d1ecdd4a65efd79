package dev.bistro.routing;

import dev.bistro.description.DescribedPath;
import java.util.List;

/** One segment of a template: the part between two slashes. Indexes are those of the encoded path. */
sealed interface Segment permits LiteralSegment, VariableSegment, RestSegment {
    /** The segment without the variables' names: segments of the same shape match the same. */
    String shape();

    /** Its place in the order in which segments are tried. */
    Specificity specificity();

    List<String> variableNames();

    /** The segment with the variables' names only, without what values they have: {@code {id}.json}. */
    String plain();

    /** The variables, for descriptions. */
    default List<DescribedPath.Variable> describe() {
        return List.of();
    }

    /** Whether it matches this part of a path. */
    boolean matches(String path, int start, int end);

    /** Encoded segments that it matches, to find a path that two templates match. */
    List<String> examples();

    /** The end of the part of the path that it takes, from this index on. */
    default int end(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    /**
     * Writes the start and end of its variables' values to the spans, from the index {@code at} on; returns the index
     * after them.
     */
    default int locate(String path, int start, int end, int[] spans, int at) {
        return at;
    }
}
