package dev.bistro.binding;

import java.util.List;

/**
 * Names a value within JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
 */
final class JsonPointer {
    private JsonPointer() {}

    /**
     * {@code of(List.of("items", "0", "a/b"))} is {@code /items/0/a~1b}; without steps, the empty pointer to the whole.
     */
    static String of(List<String> steps) {
        var pointer = new StringBuilder();
        for (String step : steps) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
