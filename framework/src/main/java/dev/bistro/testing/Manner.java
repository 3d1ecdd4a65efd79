package dev.bistro.testing;

/** A rule that is checked with each path. */
enum Manner {
    /** HEAD has the status and headers of GET, and no body: RFC 9110, section 9.3.2. */
    HEAD("HEAD"),
    /** OPTIONS names the methods of the path: RFC 9110, section 9.3.7. */
    OPTIONS("OPTIONS"),
    /** Any other method is answered with 405 and {@code Allow}: RFC 9110, section 15.5.6. */
    METHOD_NOT_ALLOWED("405"),
    /**
     * An {@code Accept} of a type that the path doesn't have is answered with 406, or ignored: RFC 9110, section
     * 15.5.7.
     */
    NOT_ACCEPTABLE("406"),
    /** A body of a type that the path doesn't accept is answered with 415: RFC 9110, section 15.5.16. */
    UNSUPPORTED_MEDIA_TYPE("415"),
    /** A response that depends on {@code Accept} has it in {@code Vary}: RFC 9110, section 12.5.5. */
    VARY("Vary"),
    /** Errors are problems for programs (RFC 9457) and pages for browsers. */
    PROBLEMS("problems"),
    /** Text that a client sends is escaped in pages. */
    ESCAPING("escaping"),
    /** Every answer to these questions is as the OpenAPI document says. */
    OPENAPI("OpenAPI");

    private final String title;

    Manner(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
