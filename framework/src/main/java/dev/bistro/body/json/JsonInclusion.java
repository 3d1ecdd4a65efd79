package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Which properties are written. What a map holds is always written. */
public enum JsonInclusion {
    /** All. */
    ALWAYS(JsonInclude.Include.ALWAYS),
    /** Those that aren't null in JSON: an empty {@code Optional} is left out too. */
    NON_NULL(JsonInclude.Include.NON_ABSENT),
    /** Those that are neither null nor an empty text, array or object. */
    NON_EMPTY(JsonInclude.Include.NON_EMPTY);

    private final JsonInclude.Include include;

    JsonInclusion(JsonInclude.Include include) {
        this.include = include;
    }

    JsonInclude.Include include() {
        return include;
    }
}
