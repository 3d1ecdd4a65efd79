package dev.bistro.routing;

import java.util.List;
import java.util.Optional;

/** Compares two templates. What can't be decided about regexes counts as overlapping, and never as covering. */
record TemplatePair(PathTemplate one, PathTemplate other) {
    boolean isSame() {
        return one.shape().equals(other.shape());
    }

    /**
     * Which is tried first: negative for the first, positive for the other, 0 if they are equally specific in the first
     * segments that differ.
     */
    int order() {
        int length = Math.min(one.segments().size(), other.segments().size());
        for (int i = 0; i < length; i++) {
            Segment a = one.segments().get(i);
            Segment b = other.segments().get(i);
            if (!a.shape().equals(b.shape())) {
                return a.specificity().compareTo(b.specificity());
            }
        }
        return 0;
    }

    /** Whether a path may match both. */
    boolean overlaps() {
        List<Segment> a = one.segments();
        List<Segment> b = other.segments();
        for (int i = 0; i < a.size() && i < b.size(); i++) {
            if (a.get(i) instanceof RestSegment || b.get(i) instanceof RestSegment) {
                return true;
            }
            if (!SegmentPair.overlap(a.get(i), b.get(i))) {
                return false;
            }
        }
        return a.size() == b.size();
    }

    /** A path that matches both, if one is easily found. */
    Optional<String> commonPath() {
        List<Segment> a = one.segments();
        List<Segment> b = other.segments();
        var path = new StringBuilder();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            Segment s = a.get(Math.min(i, a.size() - 1));
            Segment t = b.get(Math.min(i, b.size() - 1));
            Optional<String> example = SegmentPair.example(s, t);
            if (example.isEmpty()) {
                return Optional.empty();
            }
            path.append('/').append(example.get());
        }
        return Optional.of(path.toString());
    }

    /** Whether the first matches every path that the second matches. */
    static boolean covers(PathTemplate first, PathTemplate second) {
        List<Segment> a = first.segments();
        List<Segment> b = second.segments();
        for (int i = 0; i < a.size(); i++) {
            if (i == b.size()) {
                return false;
            }
            if (a.get(i) instanceof RestSegment) {
                return true;
            }
            if (!SegmentPair.covers(a.get(i), b.get(i))) {
                return false;
            }
        }
        return a.size() == b.size();
    }
}
