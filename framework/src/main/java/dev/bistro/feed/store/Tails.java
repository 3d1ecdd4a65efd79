package dev.bistro.feed.store;

/** Reads on for all feeds of this process. */
public interface Tails {
    /** Begins to tell a follower, if possible before it returns. */
    void follow(Tail<?> tail);

    /** Forgets a follower. */
    void forget(Tail<?> tail);
}
