package dev.bistro.openapi.schema;

import java.util.Optional;

/** Where the descriptions of classes and of their properties come from. */
public interface SchemaWords {
    /** No descriptions. */
    SchemaWords NONE = new SchemaWords() {
        @Override
        public Optional<String> of(Class<?> type) {
            return Optional.empty();
        }

        @Override
        public Optional<String> of(Class<?> type, String property) {
            return Optional.empty();
        }
    };

    /** The description of a class. */
    Optional<String> of(Class<?> type);

    /** The description of a record's component or a class's field. */
    Optional<String> of(Class<?> type, String property);
}
