package dev.bistro.handler;

import dev.bistro.description.DescribedError;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;

/**
 * What runs around a method's call, from before its arguments are bound until its result is a response, such as a
 * transaction.
 */
@FunctionalInterface
public interface Surrounding {
    /** Nothing. */
    Surrounding NONE = (request, call) -> call.run();

    /** The call of the method, with its arguments and its result. */
    @FunctionalInterface
    interface Call {
        /** Calls it; throws what the user's code throws. */
        Response<Payload> run() throws Throwable;
    }

    /** Calls the method, or throws what is to be answered in its place. */
    Response<Payload> around(ServerRequest request, Call call) throws Throwable;

    /** What requests are answered with that it refuses. */
    default List<DescribedError> describeErrors() {
        return List.of();
    }
}
