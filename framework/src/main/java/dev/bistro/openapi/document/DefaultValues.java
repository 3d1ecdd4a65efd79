package dev.bistro.openapi.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Defaults of parameters, which are texts, as values of their schemas. */
final class DefaultValues {
    private DefaultValues() {}

    /** The value; empty if it is no value of the schema. */
    @SuppressWarnings("unchecked") // schemas are maps
    static Optional<Object> of(String text, Map<String, Object> schema) {
        if (schema.get("items") instanceof Map<?, ?> items) {
            return text.isEmpty()
                    ? Optional.of(List.of())
                    : of(text, (Map<String, Object>) items).map(List::of);
        }
        try {
            return Optional.of(
                    switch (String.valueOf(schema.get("type"))) {
                        case "integer" -> new BigInteger(text);
                        case "number" -> new BigDecimal(text);
                        case "boolean" -> Boolean.valueOf(text);
                        default -> text;
                    });
        } catch (NumberFormatException noSuchValue) {
            return Optional.empty();
        }
    }
}
