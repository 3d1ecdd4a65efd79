package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;

/** Answers the requests of one route, and says beforehand what it needs for that. */
public interface Target {
    /** Answers a request. Faults of any kind are turned into responses here; nothing is thrown but an {@link Error}. */
    Response<Payload> answer(ServerRequest request);

    /** What it needs; always the same. */
    Traits traits();

    /**
     * What a target needs.
     *
     * @param name what the log calls it: the method of a controller, for instance
     * @param execution on which thread it wants to run
     * @param bodyUse what it does with a request's body
     */
    record Traits(String name, Execution execution, BodyUse bodyUse) {
        /** These, with another execution. */
        public Traits withExecution(Execution other) {
            return new Traits(name, other, bodyUse);
        }
    }

    /** What a target does with a request's body. */
    enum BodyUse {
        /** Nothing: it is called when the head is complete, and a body is passed over. */
        IGNORED,
        /** It wants the body as a whole: it is called when the body is complete. */
        WHOLE,
        /** It reads the body while it comes: it is called when the head is complete, on a thread of its own. */
        STREAM
    }
}
