package dev.bistro.routing;

import dev.bistro.description.DescribedPath;
import dev.bistro.http.PercentCoding;
import java.util.Optional;

/**
 * A variable of a segment.
 *
 * @param constraint what values it may have, besides not being empty
 */
record Variable(String name, Constraint constraint) {
    boolean allows(String path, int start, int end) {
        if (start >= end) {
            return false;
        }
        int percent = constraint == AnyValue.ANY ? -1 : path.indexOf('%', start);
        if (percent < 0 || percent >= end) {
            return constraint.allows(path, start, end);
        }
        String value = PercentCoding.decode(path, start, end);
        return constraint.allows(value, 0, value.length());
    }

    String shape() {
        return "{" + constraint.shape() + "}";
    }

    DescribedPath.Variable describe() {
        Optional<String> type = constraint instanceof VariableType known ? Optional.of(known.word()) : Optional.empty();
        Optional<String> regex = constraint instanceof RegexConstraint pattern
                ? Optional.of(pattern.pattern().pattern())
                : Optional.empty();
        return new DescribedPath.Variable(name, type, regex, false);
    }
}
