package dev.bistro.types;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Finds a record's canonical constructor, which has a parameter for each component (Java Language Specification,
 * section 8.10.4).
 */
public final class CanonicalConstructor {
    private CanonicalConstructor() {}

    /** The canonical constructor of a record. It isn't made accessible. */
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
