package dev.bistro.config;

/** The type that a component has around its value, where the value is written as one text. */
enum ValueWrapper {
    /** The value itself. */
    NONE,
    /** An {@code Optional}: empty if the text is empty or nothing is set. */
    OPTIONAL,
    /** A {@code List}, whose elements are separated by commas. */
    LIST,
    /** A {@code Set}, whose elements are separated by commas. */
    SET
}
