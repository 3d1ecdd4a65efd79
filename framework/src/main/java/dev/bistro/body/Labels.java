package dev.bistro.body;

import dev.bistro.annotation.Label;

/** The texts that stand for constants of enums outside of the program. */
public final class Labels {
    private Labels() {}

    /** The label of a constant, or its name if it has no {@link Label}. For use at startup: it reads the annotation. */
    public static String of(Enum<?> constant) {
        try {
            Label label = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Label.class);
            return label == null ? constant.name() : label.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("A constant without its field: " + constant.name(), e);
        }
    }
}
