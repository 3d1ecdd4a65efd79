package dev.bistro.routing;

import java.util.List;

/** What values a variable may have. */
sealed interface Constraint permits AnyValue, VariableType, RegexConstraint {
    /** Whether this part of a text is such a value; the text is decoded and the part not empty. */
    boolean allows(String text, int start, int end);

    /** Its text in the template after the variable's name: {@code ":int"}; empty for none. */
    String shape();

    /** Values that it allows. */
    List<String> examples();

    /** The specificity of a variable that has it and stands alone in its segment. */
    Specificity.Kind kind();
}
