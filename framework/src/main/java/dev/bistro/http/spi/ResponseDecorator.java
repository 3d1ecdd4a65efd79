package dev.bistro.http.spi;

import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * What is declared for all answers of the server, whoever makes them: headers for security, CORS, a log. It is called
 * by the transport, once for each answer, when its head is about to be written: also for requests without a route, for
 * those that the transport refuses by itself, and for bytes that are no request. Whatever isn't sent in the end (the
 * body of a file that can't be read, a response for which nobody waited) isn't seen; nor is a 100 (Continue).
 *
 * <p>It changes header fields only. The status, the body and its framing are decided by then; {@code Content-Length},
 * {@code Transfer-Encoding}, {@code Connection} and {@code Date} are added after it, and can't be set here but
 * {@code Date}. It is called by many threads at once, on an event loop too, so it must not wait. If it throws, that is
 * logged, and the answer goes out as if it weren't there.
 *
 * <pre>{@code
 * ResponseDecorator noSniffing = (answer, headers) -> headers.with("X-Content-Type-Options", "nosniff");
 * }</pre>
 *
 * <p>In an application they are added to the factory of the dispatcher, in the order in which they are called.
 */
@FunctionalInterface
public interface ResponseDecorator {
    /**
     * The header fields to send.
     *
     * @param headers those of the response, as the decorators before have left them
     */
    Headers decorate(Answer answer, Headers headers);

    /**
     * Whether what it gives follows from the header fields alone: the same for the same fields, whatever the answer is.
     * It may be called once then for the fields that many answers have. Such a decorator adds neither cookies nor a
     * {@code Location}.
     */
    default boolean needsFieldsAlone() {
        return false;
    }

    /**
     * An answer whose head is about to be written.
     *
     * @param request what it answers, with its route if there is one; empty if the head of a request couldn't be read
     *     (400, 408, 414, 431, 501, 505)
     * @param peer the address that the connection comes from, for answers to no request
     * @param status the status that is sent
     */
    record Answer(Optional<ServerRequest> request, SocketAddress peer, Status status) {}
}
