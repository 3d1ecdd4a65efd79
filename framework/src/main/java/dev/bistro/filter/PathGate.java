package dev.bistro.filter;

import dev.bistro.handler.Executions;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/**
 * Leads only those requests through a filter whose path matches the filter's. It is used where only some paths of a
 * route do: the route {@code /{page}} and a filter for {@code /admin}.
 */
record PathGate(FilterBinding binding, Target filtered, Target plain) implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        return (binding.matches(request.path()) ? filtered : plain).answer(request);
    }

    @Override
    public Traits traits() {
        return plain.traits()
                .withExecution(Executions.together(
                        List.of(filtered.traits().execution(), plain.traits().execution())));
    }
}
