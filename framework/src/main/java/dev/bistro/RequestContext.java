package dev.bistro;

import dev.bistro.http.spi.RequestObserver.Scope;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What goes with a request from thread to thread: the keys {@code requestId} and {@code traceId} of slf4j's
 * {@link org.slf4j.MDC}, and the span where OpenTelemetry is used. Bistro takes care of that for all that it calls
 * itself; what an application runs on threads of its own goes through an executor that takes it along:
 *
 * <pre>{@code
 * @Bean ExecutorService executor() {
 *     return RequestContext.propagating(Executors.newFixedThreadPool(4));
 * }
 * }</pre>
 */
public final class RequestContext {
    private RequestContext() {}

    /** An executor that runs each task in the context of the request whose code gives it the task. */
    public static Executor propagating(Executor executor) {
        return task -> executor.execute(inContext(task));
    }

    /** An executor service that runs each task in the context of the request whose code gives it the task. */
    public static ExecutorService propagating(ExecutorService executor) {
        return new Propagating(executor);
    }

    private static Runnable inContext(Runnable task) {
        Optional<ServerRequest> request = ServerRequest.current();
        return request.isEmpty()
                ? task
                : () -> {
                    Scope scope = request.get().enter();
                    try {
                        task.run();
                    } finally {
                        scope.close();
                    }
                };
    }

    private static final class Propagating extends AbstractExecutorService {
        private final ExecutorService executor;

        Propagating(ExecutorService executor) {
            this.executor = executor;
        }

        @Override
        public void execute(Runnable task) {
            executor.execute(inContext(task));
        }

        @Override
        public void shutdown() {
            executor.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return executor.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return executor.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return executor.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return executor.awaitTermination(timeout, unit);
        }
    }
}
