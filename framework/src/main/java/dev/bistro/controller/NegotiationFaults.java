package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the targets that answer 415 and 406 where a route has no endpoint for a request's media types.
 *
 * @param around puts before a target what all endpoints of the route have
 * @param route what the handlers of all endpoints have in common
 */
record NegotiationFaults(ErrorMapper errors, UnaryOperator<Target> around, DeclaredRoute route) {
    /** The target that answers with such an exception. */
    RoutedTarget target(Function<ServerRequest, HttpException> exception) {
        return RoutedTarget.of(around.apply(new FaultTarget(exception, errors)), route);
    }

    private record FaultTarget(Function<ServerRequest, HttpException> exception, ErrorMapper errors) implements Target {
        private static final Traits TRAITS =
                new Traits("The answer to a bad request", Execution.NON_BLOCKING, BodyUse.IGNORED);

        @Override
        public Response<Payload> answer(ServerRequest request) {
            return errors.map(request, exception.apply(request));
        }

        @Override
        public Traits traits() {
            return TRAITS;
        }
    }
}
