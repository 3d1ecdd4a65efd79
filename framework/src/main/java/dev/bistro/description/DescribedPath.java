package dev.bistro.description;

import java.util.List;
import java.util.Optional;

/**
 * The paths of a route.
 *
 * @param template as it is written: {@code /items/{id:int}/{rest*}}
 * @param plain the same with nothing but the variables' names: {@code /items/{id}/{rest}}
 * @param variables in the order of the template
 */
public record DescribedPath(String template, String plain, List<Variable> variables) {
    /**
     * A variable of a path. A path with another value isn't of this route.
     *
     * @param type which values it has, by the word in the template: {@code int}, {@code long}, {@code decimal},
     *     {@code bool}, {@code date}, {@code uuid} or {@code alpha}; empty for any
     * @param regex that the whole value matches; empty for any
     * @param isRest whether it is the rest of the path, with slashes and perhaps empty
     */
    public record Variable(String name, Optional<String> type, Optional<String> regex, boolean isRest) {}

    /** Copies the list. */
    public DescribedPath {
        variables = List.copyOf(variables);
    }
}
