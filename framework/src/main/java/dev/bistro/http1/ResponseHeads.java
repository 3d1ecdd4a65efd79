package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ResponseDecorator.Answer;
import dev.bistro.http.spi.SecureCookies;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step before a response's head is written, the same for all of them: what is declared for all answers, and
 * what depends on how the client asked. Since nothing else writes heads, each answer comes through here exactly once.
 *
 * @param decorators called in this order
 */
record ResponseHeads(List<ResponseDecorator> decorators) {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseHeads.class);

    /**
     * The response as it is written.
     *
     * @param request what it answers, or null if its head couldn't be read
     */
    Response<Payload> complete(Response<Payload> response, Http1Request request, SocketAddress peer) {
        Response<Payload> decorated = decorators.isEmpty() ? response : decorate(response, request, peer);
        return request == null ? decorated : forClient(decorated, request);
    }

    private Response<Payload> decorate(Response<Payload> response, Http1Request request, SocketAddress peer) {
        var answer = new Answer(Optional.ofNullable(request), peer, response.status());
        Response<Payload> decorated = response;
        for (ResponseDecorator decorator : decorators) {
            try {
                Headers headers = decorated.headers();
                Headers changed = decorator.decorate(answer, headers);
                decorated = changed == headers ? decorated : decorated.withHeaders(changed);
            } catch (RuntimeException | Error e) {
                LOG.error("An answer goes out without what is declared for all: {} failed", decorator, e);
            }
        }
        return decorated;
    }

    /** Cookies are kept to TLS, and paths are the client's. */
    private static Response<Payload> forClient(Response<Payload> made, Http1Request request) {
        Response<Payload> prefixed = PrefixedLocation.in(made, request.pathPrefix());
        return request.isSecure() ? SecureCookies.in(prefixed) : prefixed;
    }
}
