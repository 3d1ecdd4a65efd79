package dev.bistro.feed.store;

import dev.bistro.feed.FeedId;
import java.util.List;

/** Brings items into a store. */
public interface Sender {
    /**
     * Stores items of one feed, all or none.
     *
     * @param isRepeated whether some may be stored already, by an attempt whose answer was lost
     * @return their ids, in the same order
     * @throws Exception what went wrong: the same may be tried again, unless {@link #isFinal}
     */
    List<FeedId> send(String feed, List<Publication> publications, boolean isRepeated) throws Exception;

    /** Whether it would go wrong each time, since something is wrong with the items. */
    boolean isFinal(Exception fault);
}
