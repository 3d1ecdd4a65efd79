package dev.bistro.testing;

/** What is asked of each path. */
enum Manner {
    /** HEAD has the status and headers of GET, and no body: RFC 9110, section 9.3.2. */
    HEAD("HEAD"),
    /** OPTIONS says which methods there are: RFC 9110, section 9.3.7. */
    OPTIONS("OPTIONS"),
    /** Another method is answered with 405 and {@code Allow}: RFC 9110, section 15.5.6. */
    METHOD_NOT_ALLOWED("405"),
    /** A media type that nobody writes is answered with 406, or passed over: RFC 9110, section 15.5.7. */
    NOT_ACCEPTABLE("406"),
    /** A media type that nobody reads is answered with 415: RFC 9110, section 15.5.16. */
    UNSUPPORTED_MEDIA_TYPE("415"),
    /** An answer that depends on {@code Accept} says so: RFC 9110, section 12.5.5. */
    VARY("Vary"),
    /** Errors are problems for programs (RFC 9457), and pages for people. */
    PROBLEMS("problems"),
    /** What a client sends doesn't come back as markup. */
    ESCAPING("escaping");

    private final String title;

    Manner(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
