package dev.bistro.routing;

import java.util.Optional;
import java.util.stream.Stream;

/** Compares two segments. */
final class SegmentPair {
    private SegmentPair() {}

    /** An encoded segment that both match, if one is easily found. */
    static Optional<String> example(Segment one, Segment other) {
        return Stream.concat(matched(one, other), matched(other, one)).findFirst();
    }

    private static Stream<String> matched(Segment from, Segment by) {
        return from.examples().stream().filter(example -> by.matches(example, 0, example.length()));
    }

    /** Whether a segment may match both. What a regex matches can't be known, so it may match what any other does. */
    static boolean overlap(Segment one, Segment other) {
        if (example(one, other).isPresent()) {
            return true;
        }
        return one instanceof VariableSegment a
                && other instanceof VariableSegment b
                && !areDecidedByExamples(a, b)
                && (a.prefix().startsWith(b.prefix()) || b.prefix().startsWith(a.prefix()))
                && (a.suffix().endsWith(b.suffix()) || b.suffix().endsWith(a.suffix()));
    }

    /** Whether their examples decide it: two types with a common value have a common example. */
    private static boolean areDecidedByExamples(VariableSegment a, VariableSegment b) {
        return isType(a) && isType(b);
    }

    private static boolean isType(VariableSegment segment) {
        return segment.isWhole() && !(segment.constraint() instanceof RegexConstraint);
    }

    /** Whether the first is known to match every segment that the second matches. */
    static boolean covers(Segment first, Segment second) {
        if (first.shape().equals(second.shape())) {
            return true;
        }
        if (second instanceof LiteralSegment literal) {
            return matched(literal, first).findFirst().isPresent();
        }
        return first instanceof VariableSegment a
                && a.isWhole()
                && second instanceof VariableSegment b
                && (allowsAll(a.constraint()) || b.isWhole() && contains(a.constraint(), b.constraint()));
    }

    private static boolean allowsAll(Constraint constraint) {
        return constraint == AnyValue.ANY || constraint instanceof RegexConstraint regex && regex.allowsAll();
    }

    private static boolean contains(Constraint wide, Constraint narrow) {
        return narrow == VariableType.INT && (wide == VariableType.LONG || wide == VariableType.DECIMAL)
                || narrow == VariableType.LONG && wide == VariableType.DECIMAL;
    }
}
