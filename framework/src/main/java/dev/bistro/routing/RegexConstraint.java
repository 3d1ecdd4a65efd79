package dev.bistro.routing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A regex that has to match the whole value. */
record RegexConstraint(Pattern pattern) implements Constraint {
    private static final Set<String> ALL = Set.of(".+", ".*", "[^/]+", "[^/]*");

    /** Whether it is one of the well-known regexes that match everything. */
    boolean allowsAll() {
        return ALL.contains(pattern.pattern());
    }

    /** A text that takes too long, or too much of the stack, counts as no match. */
    @Override
    public boolean allows(String text, int start, int end) {
        try {
            return pattern.matcher(new LimitedText(text)).region(start, end).matches();
        } catch (LimitedText.TooManyReads | StackOverflowError excessive) {
            return false;
        }
    }

    @Override
    public String shape() {
        return ":" + pattern.pattern();
    }

    @Override
    public List<String> examples() {
        return AnyValue.ANY.examples().stream()
                .filter(example -> allows(example, 0, example.length()))
                .toList();
    }

    @Override
    public Specificity.Kind kind() {
        return Specificity.Kind.REGEX;
    }
}
