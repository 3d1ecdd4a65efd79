package dev.bistro.result;

/**
 * Tells the reader of a stream that items before the next one are missing:
 * <code>{"id":"k3f9x2.0","event":"reset"}</code>.
 *
 * @param id the position before the items that follow
 */
record FeedReset(String id, String event) {
    static FeedReset at(String id) {
        return new FeedReset(id, "reset");
    }
}
