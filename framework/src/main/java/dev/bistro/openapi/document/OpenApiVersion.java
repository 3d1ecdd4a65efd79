package dev.bistro.openapi.document;

import java.util.Optional;
import java.util.stream.Stream;

/** The versions of the specification that a document can be of. */
public enum OpenApiVersion {
    V3_1("3.1.1"),
    /** Has the method QUERY, and schemas for the items of event streams and of lines of JSON. */
    V3_2("3.2.0");

    private final String number;

    OpenApiVersion(String number) {
        this.number = number;
    }

    /** The version of a text such as {@code 3.1}; empty for any other. */
    public static Optional<OpenApiVersion> parse(String text) {
        return Stream.of(values())
                .filter(version -> version.number.startsWith(text + "."))
                .filter(version -> text.indexOf('.') > 0)
                .findFirst();
    }

    String number() {
        return number;
    }

    boolean hasQueryAndItems() {
        return this == V3_2;
    }
}
