package dev.bistro.config;

/** In what a component holds a value that is written as one text. */
enum ValueWrapper {
    /** The value itself. */
    PLAIN,
    /** An {@code Optional}: empty where the text is empty, or nothing is set. */
    OPTIONAL,
    /** A {@code List}, written with commas. */
    LIST,
    /** A {@code Set}, written with commas. */
    SET
}
