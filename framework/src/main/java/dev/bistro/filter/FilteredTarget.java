package dev.bistro.filter;

import dev.bistro.handler.Executions;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/** A target with one filter in front of it. Composed at startup: a target without filters costs nothing. Immutable. */
final class FilteredTarget implements Target {
    private final BoundFilter filter;
    private final Target next;
    private final Traits traits;

    /**
     * Puts a filter in front of a target.
     *
     * @param execution of the filter alone
     */
    FilteredTarget(BoundFilter filter, Execution execution, Target next) {
        this.filter = filter;
        this.next = next;
        this.traits = next.traits()
                .withExecution(
                        Executions.together(List.of(execution, next.traits().execution())));
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        request.withdrawRoom(); // a filter may look at the body
        return new FilterCall(filter, next, request).answer();
    }

    @Override
    public Traits traits() {
        return traits;
    }
}
