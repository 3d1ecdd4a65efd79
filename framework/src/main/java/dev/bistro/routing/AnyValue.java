package dev.bistro.routing;

import java.util.ArrayList;
import java.util.List;

/** No constraint: every value is allowed. */
enum AnyValue implements Constraint {
    ANY;

    /** A value of each type, and one of no type. */
    @Override
    public List<String> examples() {
        var examples = new ArrayList<String>();
        examples.add("x");
        for (VariableType type : VariableType.values()) {
            examples.addAll(type.examples());
        }
        return examples;
    }

    @Override
    public boolean allows(String text, int start, int end) {
        return true;
    }

    @Override
    public String shape() {
        return "";
    }

    @Override
    public Specificity.Kind kind() {
        return Specificity.Kind.PLAIN;
    }
}
