package dev.bistro.http;

import java.util.Locale;

/**
 * One value of a request that is wrong, for the {@code errors} of a problem: where the value is, its name there, and
 * what is wrong with it.
 *
 * @param in where the value is
 * @param name the parameter's name; for a body, the JSON pointer (RFC 6901), {@code ""} for the whole
 * @param detail what is wrong, for the client to see: {@code "expected an int, but was 'abc'"}
 */
public record InvalidValue(In in, String name, String detail) {
    /** A part of a request. */
    public enum In {
        PATH,
        QUERY,
        HEADER,
        COOKIE,
        FORM,
        BODY;

        /** The part's name in lower case: {@code "query"}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
