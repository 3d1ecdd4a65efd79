package dev.bistro.openapi.check;

/**
 * A difference between two documents.
 *
 * @param where what it is a change of: {@code GET /items, query parameter limit}
 * @param what what has changed, in words
 * @param breaks whether a client that kept to the former document may fail now
 */
public record Change(String where, String what, boolean breaks) {
    /** For people: {@code GET /items, query parameter limit: is required now}. */
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
