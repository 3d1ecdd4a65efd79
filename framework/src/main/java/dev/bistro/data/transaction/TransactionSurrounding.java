package dev.bistro.data.transaction;

import dev.bistro.description.DescribedError;
import dev.bistro.handler.Surrounding;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Runs a method of a controller with a connection: in a transaction, if it has options of one. So many run at once as
 * the database lets in; others are refused with 503, and no thread waits.
 *
 * @param database empty in an application that is only described
 * @param streamsBody whether the body is read meanwhile: such a handler has its place only from its first use of the
 *     database on, or else slow clients would take the places of all others
 * @param route for messages
 */
record TransactionSurrounding(
        Optional<Database> database, Optional<TransactionOptions> options, boolean streamsBody, String route)
        implements Surrounding {

    @Override
    public Response<Payload> around(ServerRequest request, Call call) throws Throwable {
        Database open = database.orElseThrow();
        var admission = new Admission(open);
        if (!streamsBody && !admission.enter()) {
            throw SqlFaults.busy();
        }
        try {
            int retries = options.map(TransactionOptions::retries).orElse(0);
            return Retry.run(
                    retries,
                    () -> open.call(admission, options, response -> isGood(request, response), () -> written(call)));
        } finally {
            admission.leave();
        }
    }

    private Response<Payload> written(Call call) throws Throwable {
        Response<Payload> response = call.run();
        Payload body = response.body().orElse(Payload.NONE);
        if (LateResults.isOne(body)) {
            body.discard();
            throw new IllegalStateException("The result of " + route + " is written after its transaction");
        }
        return response;
    }

    /** Nobody is answered that it is done after the time of the request is over. */
    private static boolean isGood(ServerRequest request, Response<Payload> response) {
        return response.status().code() < 400 && !request.isTimedOut();
    }

    @Override
    public List<DescribedError> describeErrors() {
        return List.of(DescribedError.of(Status.SERVICE_UNAVAILABLE, "The database is busy.", "Retry-After"));
    }
}
