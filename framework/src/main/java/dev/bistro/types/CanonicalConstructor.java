package dev.bistro.types;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The constructor that a record has for all of its components (the Java Language Specification, section 8.10.4). */
public final class CanonicalConstructor {
    private CanonicalConstructor() {}

    /** The constructor of a record, with a parameter for each component in their order; it isn't made accessible. */
    public static Constructor<?> of(Class<?> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record without its canonical constructor: " + type, e);
        }
    }
}
