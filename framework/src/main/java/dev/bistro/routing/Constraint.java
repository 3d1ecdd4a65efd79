package dev.bistro.routing;

import java.util.List;

/** What the value of a variable has to be. */
sealed interface Constraint permits AnyValue, VariableType, RegexConstraint {
    /** Whether this part of a text, decoded and not empty, is such a value. */
    boolean allows(String text, int start, int end);

    /** As it stands in the template after the variable's name: {@code ":int"}; empty for none. */
    String shape();

    /** Values that it allows. */
    List<String> examples();

    /** What a variable on its own counts as. */
    Specificity.Kind kind();
}
