package dev.bistro.http1;

import dev.bistro.net.Input;

/** A request's body as it comes in: one class for each framing that has one. Belongs to the connection's owner. */
interface Body {
    /**
     * Takes what there is of the body from the input, into the sink, and nothing behind the body.
     *
     * @return whether the body is complete
     */
    boolean read(Input input, BodySink sink) throws Rejection;
}
