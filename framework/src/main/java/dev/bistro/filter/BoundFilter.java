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
 * @param chain the index of the parameter that takes the chain; any other takes the request
 * @param writer writes responses of the filter's own
 * @param errors answers what the filter throws, by the exception handlers for all controllers: a filter belongs to none
 * @param requests where request-scoped objects are found, if there are any
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

    /** The code with the request-scoped objects of this thread, on whatever thread it runs. */
    UnaryOperator<Response<?>> inScope(UnaryOperator<Response<?>> code) {
        return requests.map(scope -> scope.carry(code)).orElse(code);
    }
}
