package dev.bistro.openapi.schema;

import dev.bistro.body.Labels;
import java.util.List;
import java.util.stream.Stream;

/** The constants of an enum in a text, such as a query string: their labels. */
final class TextConstants {
    private TextConstants() {}

    static List<String> of(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> Labels.of((Enum<?>) constant))
                .toList();
    }
}
