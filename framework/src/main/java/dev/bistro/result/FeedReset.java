package dev.bistro.result;

/**
 * That something is missing, in a stream: <code>{"id":"k3f9x2.0","event":"reset"}</code>.
 *
 * @param id the place before the items that follow
 */
record FeedReset(String id, String event) {
    static FeedReset at(String id) {
        return new FeedReset(id, "reset");
    }
}
