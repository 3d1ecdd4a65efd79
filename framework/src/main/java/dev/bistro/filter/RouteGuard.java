package dev.bistro.filter;

import dev.bistro.annotation.Priority;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.handler.Executions;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.List;

/**
 * What Bistro itself checks before a route, after the filters that find out who sends a request and before those of
 * {@link Priority#AUTHORIZATION}.
 *
 * @param execution of the check alone
 */
public record RouteGuard(Check check, Execution execution) implements RouteLink {

    /** A check of each request. */
    @FunctionalInterface
    public interface Check {
        /**
         * Checks a request.
         *
         * @throws HttpException if it doesn't go on
         */
        void check(ServerRequest request);
    }

    /** Before the filters of {@link Priority#AUTHORIZATION}. */
    @Override
    public int priority() {
        return Priority.AUTHORIZATION - 1;
    }

    @Override
    public Target before(Target target, ErrorMapper errors) {
        Target.Traits traits = target.traits()
                .withExecution(
                        Executions.together(List.of(execution, target.traits().execution())));
        return new Guarded(check, target, errors, traits);
    }

    private record Guarded(Check check, Target target, ErrorMapper errors, Traits traits) implements Target {
        @Override
        public Response<Payload> answer(ServerRequest request) {
            try {
                check.check(request);
            } catch (Throwable fault) {
                return errors.map(request, fault);
            }
            return target.answer(request);
        }
    }
}
