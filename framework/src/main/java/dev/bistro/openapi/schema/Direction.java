package dev.bistro.openapi.schema;

/** Which way values go: what is required of a client's may be left out in an answer, and the other way round. */
enum Direction {
    /** From the client: values are read. */
    INPUT,
    /** To the client: values are written. */
    OUTPUT
}
