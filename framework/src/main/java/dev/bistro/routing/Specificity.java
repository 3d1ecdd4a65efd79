package dev.bistro.routing;

import java.util.Comparator;

/**
 * The order in which segments are tried; the lesser is the more specific.
 *
 * @param kind what it is made of, which decides first
 * @param literals how many literal characters are beside its variables; more are more specific
 * @param constraints how many of its variables have a type or a regex; more are more specific
 */
record Specificity(Kind kind, int literals, int constraints) implements Comparable<Specificity> {
    static final Specificity LITERAL = new Specificity(Kind.LITERAL, 0, 0);
    static final Specificity REST = new Specificity(Kind.REST, 0, 0);

    private static final Comparator<Specificity> ORDER = Comparator.comparing(Specificity::kind)
            .thenComparing(Specificity::literals, Comparator.reverseOrder())
            .thenComparing(Specificity::constraints, Comparator.reverseOrder());

    /** From the most specific to the least. */
    enum Kind {
        LITERAL,
        TYPED,
        REGEX,
        /** Literals and variables in one segment. */
        INFIX,
        PLAIN,
        REST
    }

    @Override
    public int compareTo(Specificity other) {
        return ORDER.compare(this, other);
    }
}
