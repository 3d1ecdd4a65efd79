package dev.bistro.validation;

import java.util.List;

/**
 * A constraint that isn't met.
 *
 * @param parameter the index of the method's parameter
 * @param path from the parameter to the value; empty for the parameter itself
 * @param message what is wrong, for the client to see
 */
public record Violation(int parameter, List<Step> path, String message) {
    /**
     * A step from a value to a part of it.
     *
     * @param owner the class of the value, if the part is a property of it; null for an index or key, or if it isn't
     *     known
     * @param name of the property, the key, or the index from 0
     */
    public record Step(Class<?> owner, String name) {
        static Step to(String indexOrKey) {
            return new Step(null, indexOrKey);
        }
    }

    /** The path by the names of its steps: {@code [items, 0, price]}. */
    public List<String> names() {
        return path.stream().map(Step::name).toList();
    }
}
