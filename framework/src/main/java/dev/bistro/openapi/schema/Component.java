package dev.bistro.openapi.schema;

import tools.jackson.databind.JavaType;

/**
 * A schema that others refer to. Where it stands in a tree it stands for its address, which isn't known before all
 * components are: {@code #/components/schemas/Item}.
 *
 * @param isUnion whether it is the choice between a type's subtypes, and not the type itself
 */
record Component(JavaType type, Direction direction, boolean isUnion) {
    /** The same in the other direction. */
    Component turned() {
        return new Component(type, direction == Direction.INPUT ? Direction.OUTPUT : Direction.INPUT, isUnion);
    }
}
