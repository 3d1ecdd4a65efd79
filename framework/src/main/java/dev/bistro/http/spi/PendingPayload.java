package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A response that isn't there yet: no thread waits for it. The status and headers beside it count for nothing.
 *
 * @param response the response; a failure is answered with 500. It is cancelled if the client goes away or it takes too long, where it
 *     is a {@link java.util.concurrent.Future}
 * @param hasten has it be there at once, if it can be: what waits for news says that there are none. Called, perhaps several times, when the server stops, and before
 *     it would take too long; it mustn't wait
 */
public record PendingPayload(CompletionStage<Response<Payload>> response, Runnable hasten)
        implements Payload, Response.Later {
    /** A response that can't be hastened. */
    public PendingPayload(CompletionStage<Response<Payload>> response) {
        this(response, () -> {});
    }

    /**
     * A response that is made when something else is there; to cancel it cancels that.
     *
     * @param stage what is waited for
     * @param finish makes the response of the stage's value, or of its failure (the other is null); it may throw. Called also where it is cancelled, for the sake of what
     *     is to be let go then
     */
    public static <T> PendingPayload of(CompletionStage<T> stage, BiFunction<T, Throwable, Response<Payload>> finish) {
        var response = new CompletableFuture<Response<Payload>>();
        stage.whenComplete((value, fault) -> {
            try {
                Response<Payload> made = finish.apply(value, fault);
                if (!response.complete(made)) {
                    made.body().ifPresent(Payload::discard); // it was cancelled meanwhile
                }
            } catch (RuntimeException | Error e) {
                response.completeExceptionally(e);
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
     * What is made of this response; to cancel or to hasten it does so to this one.
     *
     * @param finish makes it of the response, or of its failure (the other is null); it may throw
     */
    public PendingPayload then(BiFunction<Response<Payload>, Throwable, Response<Payload>> finish) {
        return of(response, finish).hastenedBy(hasten);
    }

    /** This response changed when it is there; a failure stays one. */
    @Override
    public PendingPayload map(UnaryOperator<Response<Payload>> change) {
        return then((there, fault) -> {
            if (fault != null) {
                throw new CompletionException(fault);
            }
            return change.apply(there);
        });
    }

    /** This response, hastened in that way. */
    public PendingPayload hastenedBy(Runnable way) {
        return new PendingPayload(response, way);
    }

    /** Cancels what is waited for, if that can be; what is there all the same is let go of. */
    @Override
    public void discard() {
        if (response instanceof Future<?> future) {
            future.cancel(true);
        }
        response.thenAccept(made -> made.body().ifPresent(Payload::discard));
    }
}
