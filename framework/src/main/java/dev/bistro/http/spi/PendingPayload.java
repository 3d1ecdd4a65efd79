package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A response that isn't there yet. No thread waits for it. The status and headers of the response that has it as its
 * body are ignored.
 *
 * @param response the response; a failure is answered with 500. If it is a {@link java.util.concurrent.Future}, it is
 *     cancelled when the client goes away or when it takes too long
 * @param hasten completes the response at once, if that can be done: a long poll answers that there is nothing new.
 *     Called, perhaps several times, when the server stops, and before the response would take too long; it mustn't
 *     wait
 */
public record PendingPayload(CompletionStage<Response<Payload>> response, Runnable hasten)
        implements Payload, Response.Later {
    /** A response that can't be hastened. */
    public PendingPayload(CompletionStage<Response<Payload>> response) {
        this(response, () -> {});
    }

    /**
     * A response that is made when a stage completes. Cancelling it cancels the stage.
     *
     * @param stage the stage to wait for
     * @param finish makes the response of the stage's value or failure (the other is null); it may throw. It is called
     *     also if the response was cancelled, to release what it holds
     */
    public static <T> PendingPayload of(CompletionStage<T> stage, BiFunction<T, Throwable, Response<Payload>> finish) {
        var response = new CompletableFuture<Response<Payload>>();
        Optional<ServerRequest> request = ServerRequest.current();
        stage.whenComplete((value, fault) -> {
            RequestObserver.Scope scope = request.map(ServerRequest::enter).orElse(RequestObserver.Scope.NONE);
            try {
                Response<Payload> made = finish.apply(value, fault);
                if (!response.complete(made)) {
                    made.body().ifPresent(Payload::discard); // it was cancelled meanwhile
                }
            } catch (RuntimeException | Error e) {
                response.completeExceptionally(e);
            } finally {
                scope.close();
            }
        });
        response.whenComplete((made, fault) -> {
            if (response.isCancelled() && stage instanceof Future<?> future) {
                future.cancel(true);
            }
        });
        return new PendingPayload(response);
    }

    /**
     * A response that is made of this one. Cancelling or hastening it does the same to this one.
     *
     * @param finish makes it of the response or of its failure (the other is null); it may throw
     */
    public PendingPayload then(BiFunction<Response<Payload>, Throwable, Response<Payload>> finish) {
        return of(response, finish).hastenedBy(hasten);
    }

    /** This response, changed when it is there. A failure stays a failure. */
    @Override
    public PendingPayload map(UnaryOperator<Response<Payload>> change) {
        return then((there, fault) -> {
            if (fault != null) {
                throw new CompletionException(fault);
            }
            return change.apply(there);
        });
    }

    /** This response with another way to hasten it. */
    public PendingPayload hastenedBy(Runnable way) {
        return new PendingPayload(response, way);
    }

    /** Cancels the response, if that can be done. A response that comes all the same is discarded. */
    @Override
    public void discard() {
        if (response instanceof Future<?> future) {
            future.cancel(true);
        }
        response.thenAccept(made -> made.body().ifPresent(Payload::discard));
    }
}
