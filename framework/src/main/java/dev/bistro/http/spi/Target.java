package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;

/**
 * Answers requests: a handler, or what is said where no handler can answer, and tells the transport beforehand what it
 * needs.
 */
public interface Target {
    /** Answers a request. Exceptions of all kinds become responses here; only an {@link Error} may be thrown. */
    Response<Payload> answer(ServerRequest request);

    /** What it needs; the same for each request. */
    Traits traits();

    /**
     * What a target needs.
     *
     * @param name its name in the log, such as the method of a controller
     * @param execution on which thread it wants to run
     * @param bodyUse what it does with the body of a request
     */
    record Traits(String name, Execution execution, BodyUse bodyUse) {
        /** These traits with another execution. */
        public Traits withExecution(Execution other) {
            return new Traits(name, other, bodyUse);
        }
    }

    /** What a target does with a request's body. */
    enum BodyUse {
        /** Nothing: it is called when the head is complete, and a body is skipped. */
        IGNORED,
        /** It takes the body as a whole: it is called when the body is complete. */
        WHOLE,
        /**
         * It reads the body while the client sends it: it is called when the head is complete, on a thread of its own.
         */
        STREAM
    }
}
