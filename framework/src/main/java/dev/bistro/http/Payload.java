package dev.bistro.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The body of a response as the transport takes it: what a result writer makes of a controller's value. */
public sealed interface Payload {
    /** No body. */
    Payload NONE = new Bytes(new byte[0]);

    /** Lets go of what the body would be made of: called instead of sending it, where nobody wants it any more. */
    default void discard() {}

    /** A body that is all there. The array is the transport's from then on: it isn't copied and must not be changed. */
    record Bytes(byte[] bytes) implements Payload {}

    /**
     * A body that is pulled piece by piece, as the client takes it: no thread waits for the client.
     *
     * @param body gives the pieces; closed once, in any case
     * @param length how many bytes they are together, if that is known; it goes out in chunks otherwise
     */
    record Pulled(PulledBody body, OptionalLong length) implements Payload {
        @Override
        public void discard() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A body that is written piece by piece, on a thread of its own that waits while the client doesn't take it.
     *
     * @param writer writes it; called once, or discarded where the request was HEAD or the client has gone
     * @param length how many bytes it writes, if that is known; it goes out in chunks otherwise
     */
    record Stream(Writer writer, OptionalLong length) implements Payload {
        @Override
        public void discard() {
            writer.discard();
        }
    }

    /**
     * A response that isn't there yet: no thread waits for it. The status and headers beside it count for nothing.
     *
     * @param response the response; a failure is answered with 500. It is cancelled if the client goes away or it takes too long, where it
     *     is a {@link java.util.concurrent.Future}
     * @param hasten has it be there at once, if it can be: what waits for news says that there are none. Called, perhaps several times, when the server stops, and before
     *     it would take too long; it mustn't wait
     */
    record Pending(CompletionStage<Response<Payload>> response, Runnable hasten) implements Payload {
        /** A response that can't be hastened. */
        public Pending(CompletionStage<Response<Payload>> response) {
            this(response, () -> {});
        }

        /**
         * A response that is made when something else is there; to cancel it cancels that.
         *
         * @param stage what is waited for
         * @param finish makes the response of the stage's value, or of its failure (the other is null); it may throw. Called also where it is cancelled, for the sake of what
         *     is to be let go then
         */
        public static <T> Pending of(CompletionStage<T> stage, BiFunction<T, Throwable, Response<Payload>> finish) {
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
            return new Pending(response);
        }

        /**
         * What is made of this response; to cancel or to hasten it does so to this one.
         *
         * @param finish makes it of the response, or of its failure (the other is null); it may throw
         */
        public Pending then(BiFunction<Response<Payload>, Throwable, Response<Payload>> finish) {
            return of(response, finish).hastenedBy(hasten);
        }

        /** This response changed when it is there; a failure stays one. */
        public Pending map(UnaryOperator<Response<Payload>> change) {
            return then((there, fault) -> {
                if (fault != null) {
                    throw new CompletionException(fault);
                }
                return change.apply(there);
            });
        }

        /** This response, hastened in that way. */
        public Pending hastenedBy(Runnable way) {
            return new Pending(response, way);
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

    /**
     * A body that grows as things happen, for as long as both sides like: no thread waits for it. Without a length, so it goes out in chunks.
     *
     * @param body what there is of it
     */
    record Live(LiveBody body) implements Payload {
        @Override
        public void discard() {
            body.close();
        }
    }

    /**
     * The connection goes on in another protocol: the transport answers 101 with the response's headers, and hands its connection over. The
     * response's status is 101, and it has an {@code Upgrade} header.
     *
     * @param takeover what the connection is handed to; one that the transport doesn't know is answered with 500
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.8">RFC 9110, section 7.8</a>
     */
    record Upgrade(Takeover takeover) implements Payload {}

    /** What can take a connection over. The transport knows the kinds that it can hand one to: HTTP/1 those that are protocols of sockets. */
    interface Takeover {}

    /**
     * What the output given to a {@link Writer} may be besides: one that takes bytes straight from a file, which needn't come through this process then.
     * It isn't where something stands between that needs to see the bytes, such as compression.
     */
    interface FileOutput {
        /**
         * Writes a part of a file, after all that was written before.
         *
         * @param position where it begins, in bytes
         * @param count how many bytes it has
         * @throws java.io.EOFException if the file ends before
         * @throws IOException if the client has gone
         */
        void write(FileChannel file, long position, long count) throws IOException;
    }

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes the body; closing the stream isn't needed.
         *
         * @throws IOException if the client has gone, which is nobody's fault, or if the body can't be made
         */
        void writeTo(OutputStream output) throws IOException;

        /** The body isn't wanted, and what it would be made of can be closed; called instead of {@link #writeTo}. */
        default void discard() {}
    }
}
