package dev.bistro.filter;

import dev.bistro.inject.RequestObjects;

/** What one request holds until its response has been written or discarded: its request-scoped objects, its files. */
public interface RequestResources {
    /** Releases them; called once or more often. */
    void release();

    /** Runs code of the request on this thread: its handler, or the code that writes its body. */
    default <T, E extends Exception> T call(RequestObjects.Code<T, E> code) throws E {
        return code.run();
    }

    /** Whether a live body needs them while it is sent, which may be for ever; otherwise they are released before. */
    default boolean areNeededByLiveBody() {
        return false;
    }
}
