package dev.bistro.filter;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.Invoker;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ResultWriter;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A filter's object and method, ready to be called. Immutable.
 *
 * @param name of the filter, for the log
 * @param parameters how many parameters the method has
 * @param chain which of them takes the chain; any other takes the request
 * @param writer writes what the filter answers itself
 * @param errors answers what the filter throws: it belongs to no controller, and so is answered for by those methods that answer for all
 * @param requests where the request's objects are found, if any are there
 */
record BoundFilter(
        String name,
        Invoker invoker,
        int parameters,
        int chain,
        ResultWriter writer,
        ErrorMapper errors,
        Optional<RequestScope> requests) {
    Response<?> call(Request request, Chain chainOfRequest) throws Throwable {
        Object[] arguments = new Object[parameters];
        for (int i = 0; i < parameters; i++) {
            arguments[i] = i == chain ? chainOfRequest : request;
        }
        return (Response<?>) invoker.invoke(arguments);
    }

    /** The code with this thread's objects of the request, on whatever thread it runs. */
    UnaryOperator<Response<?>> inScope(UnaryOperator<Response<?>> code) {
        return requests.map(scope -> scope.carry(code)).orElse(code);
    }
}
