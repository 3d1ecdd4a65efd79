package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers requests: a handler, or what is said where no handler can answer, and tells the transport beforehand what it
 * needs.
 */
public interface Target {
    /** Answers a request. Exceptions of all kinds become responses here; only an {@link Error} may be thrown. */
    Response<Payload> answer(ServerRequest request);

    /**
     * Refuses a request by its head alone; empty if it goes on. A transport calls it once for each request when its
     * head is complete: before anything is read of the body, before a 100 (Continue) is sent, and before
     * {@link #answer}. It is called on the event loop, so it must not wait. A refusal's body is all there.
     */
    default Optional<Response<Payload>> refusal(ServerRequest request) {
        return Optional.empty();
    }

    /** Whether {@link #refusal} may ever refuse one: a transport needn't ask for it otherwise. */
    default boolean refusesByHead() {
        return false;
    }

    /** What it needs; the same for each request. */
    Traits traits();

    /**
     * What a target needs.
     *
     * @param name its name in the log, such as the method of a controller
     * @param execution on which thread it wants to run
     * @param bodyUse what it does with the body of a request
     * @param maxBodyBytes how long a body may be, sent and decoded; 413 above it. Empty for what the transport allows:
     *     as much as is set for those that are taken as a whole, and any length for those that are streamed
     * @param timeout after which it refuses the request itself; empty if the transport has to see to it
     */
    record Traits(
            String name, Execution execution, BodyUse bodyUse, OptionalLong maxBodyBytes, Optional<Duration> timeout) {
        /** Traits without limits of their own. */
        public Traits(String name, Execution execution, BodyUse bodyUse) {
            this(name, execution, bodyUse, OptionalLong.empty(), Optional.empty());
        }

        /** These traits with another execution. */
        public Traits withExecution(Execution other) {
            return new Traits(name, other, bodyUse, maxBodyBytes, timeout);
        }

        /** These traits with another limit for bodies. */
        public Traits withMaxBodyBytes(OptionalLong other) {
            return new Traits(name, execution, bodyUse, other, timeout);
        }

        /** These traits with a timeout. */
        public Traits withTimeout(Duration other) {
            return new Traits(name, execution, bodyUse, maxBodyBytes, Optional.of(other));
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
