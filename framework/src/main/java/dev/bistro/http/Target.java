package dev.bistro.http;

/** Answers the requests of one route, and says beforehand what it needs for that. */
public interface Target {
    /** Answers a request. Faults of any kind are turned into responses here; nothing is thrown but an {@link Error}. */
    Response<Payload> answer(ServerRequest request);

    /** On which thread it wants to run. */
    Execution execution();

    /** What it does with a request's body. */
    BodyUse bodyUse();

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
