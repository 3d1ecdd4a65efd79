package dev.bistro.body.json;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;

/** How properties are named in JSON: {@code unitPrice} of a record, which is {@code unit_price} in snake case. */
public enum JsonNaming {
    LOWER_CAMEL_CASE(PropertyNamingStrategies.LOWER_CAMEL_CASE),
    UPPER_CAMEL_CASE(PropertyNamingStrategies.UPPER_CAMEL_CASE),
    SNAKE_CASE(PropertyNamingStrategies.SNAKE_CASE),
    UPPER_SNAKE_CASE(PropertyNamingStrategies.UPPER_SNAKE_CASE),
    KEBAB_CASE(PropertyNamingStrategies.KEBAB_CASE),
    LOWER_CASE(PropertyNamingStrategies.LOWER_CASE),
    LOWER_DOT_CASE(PropertyNamingStrategies.LOWER_DOT_CASE);

    private final PropertyNamingStrategy strategy;

    JsonNaming(PropertyNamingStrategy strategy) {
        this.strategy = strategy;
    }

    PropertyNamingStrategy strategy() {
        return strategy;
    }
}
