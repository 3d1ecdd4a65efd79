package dev.bistro.binding;

import dev.bistro.validation.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Names a value within JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
 */
final class JsonPointer {
    private JsonPointer() {}

    /**
     * The pointer to a value: {@code /items/0/a~1b} for these steps; without steps, the empty pointer to the whole.
     *
     * @param names the name that the body has for a property of a class; empty where the body has no more steps
     */
    static String of(List<Violation.Step> path, BiFunction<Class<?>, String, Optional<String>> names) {
        var pointer = new StringBuilder();
        for (Violation.Step step : path) {
            Optional<String> name =
                    step.owner() == null ? Optional.of(step.name()) : names.apply(step.owner(), step.name());
            if (name.isEmpty()) {
                break;
            }
            pointer.append('/').append(name.get().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
