package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
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
 * what depends on how the client asked. Since nothing else makes heads, each answer comes through here exactly once.
 * What follows from the fields alone is done once for those that a target gives again and again ({@link HeadMemory}).
 */
final class ResponseHeads {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseHeads.class);

    private final List<ResponseDecorator> ofAnswers;
    /** Those at the end of the order that need the fields alone; they add neither cookies nor addresses. */
    private final List<ResponseDecorator> ofFields;

    /** @param decorators called in this order */
    ResponseHeads(List<ResponseDecorator> decorators) {
        int end = decorators.size();
        while (end > 0 && decorators.get(end - 1).needsFieldsAlone()) {
            end--;
        }
        this.ofAnswers = List.copyOf(decorators.subList(0, end));
        this.ofFields = List.copyOf(decorators.subList(end, decorators.size()));
    }

    /**
     * The head of a response as it is written.
     *
     * @param request what it answers, or null if its head couldn't be read
     * @param memory of the target whose response it is, or null if it is no target's
     */
    ResponseHead head(Response<Payload> response, Http1Request request, SocketAddress peer, HeadMemory memory) {
        var answer = new Answer(Optional.ofNullable(request), peer, response.status());
        Headers fields = decorate(ofAnswers, answer, response.headers());
        ResponseHead known = memory == null ? null : memory.find(answer.status(), fields);
        if (known != null) {
            return known;
        }
        if (memory != null && isForAllClients(fields) && memory.isRepeated(fields)) {
            remember(answer, fields, memory);
        }
        Headers decorated = decorate(ofFields, answer, fields);
        return new ResponseHead(answer.status(), request == null ? decorated : forClient(decorated, request));
    }

    private void remember(Answer answer, Headers fields, HeadMemory memory) {
        try {
            Headers decorated = fields;
            for (ResponseDecorator decorator : ofFields) {
                decorated = checked(decorator.decorate(answer, decorated));
            }
            memory.keep(answer.status(), fields, ResponseHead.encoded(answer.status(), decorated));
        } catch (RuntimeException | Error e) {
            LOG.debug("Fields that can't be decorated aren't kept", e); // what happens instead is logged as an error
        }
    }

    private static Headers decorate(List<ResponseDecorator> decorators, Answer answer, Headers headers) {
        Headers decorated = headers;
        for (int i = 0; i < decorators.size(); i++) { // without an iterator, which would be made for each answer
            ResponseDecorator decorator = decorators.get(i);
            try {
                Headers changed = decorator.decorate(answer, decorated);
                decorated = changed == decorated ? decorated : checked(changed);
            } catch (RuntimeException | Error e) {
                LOG.error("An answer goes out without what is declared for all: {} failed", decorator, e);
            }
        }
        return decorated;
    }

    /** These headers, which may be of anybody's class, as ones that can be sent. */
    private static Headers checked(Headers headers) {
        return Response.of(Status.OK, headers, null).headers();
    }

    /** Whether there is nothing that {@link #forClient} would change for any client. */
    private static boolean isForAllClients(Headers headers) {
        return !headers.contains("Location") && !headers.contains("Set-Cookie");
    }

    /** Cookies are kept to TLS, and paths are the client's. */
    private static Headers forClient(Headers headers, Http1Request request) {
        if (isForAllClients(headers)) {
            return headers;
        }
        Response<?> made = PrefixedLocation.in(Response.of(Status.OK, headers, null), request.pathPrefix());
        return (request.isSecure() ? SecureCookies.in(made) : made).headers();
    }
}
