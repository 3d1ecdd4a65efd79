package dev.bistro.openapi.document;

import dev.bistro.annotation.Label;

/** The versions of the specification that a document can be of. */
public enum OpenApiVersion {
    @Label("3.1")
    V3_1("3.1.1"),
    /** Has the method QUERY, and schemas for the items of event streams and of lines of JSON. */
    @Label("3.2")
    V3_2("3.2.0");

    private final String number;

    OpenApiVersion(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }

    boolean hasQueryAndItems() {
        return this == V3_2;
    }
}
