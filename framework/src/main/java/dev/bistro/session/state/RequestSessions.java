package dev.bistro.session.state;

import dev.bistro.body.BodyCodecs;
import dev.bistro.http.Headers;
import dev.bistro.http.spi.AttributeSource;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.session.Session;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import dev.bistro.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Gives requests their sessions, when they are first asked for, and sends the sessions' cookies with the answers. It is
 * made, and injected as {@link Sessions}, before it is known where sessions are kept.
 */
public final class RequestSessions implements Sessions, AttributeSource, ResponseDecorator {
    private static final String ATTRIBUTE = Session.class.getName();
    private static final int MAX_REVOCATIONS = 100_000;

    /** Makes sessions for answers whose heads are sent. */
    private final AttributeSource readOnly = (name, request) -> make(name, request, true);

    private volatile SessionRules rules;
    private volatile SessionKeeper keeper;
    private volatile SessionValues values;
    private volatile Execution execution = Execution.NON_BLOCKING;

    /** Gives none yet. */
    public RequestSessions() {}

    /**
     * Keeps sessions in cookies.
     *
     * @param secrets the first encrypts, all decrypt; if there are none, a random one that lasts until the stop
     * @param revocations empty for those in memory
     * @param asking how these are asked, if there are some
     */
    public RequestSessions keepInCookies(
            SessionRules by, List<String> secrets, Optional<SessionRevocations> revocations, Execution asking) {
        List<byte[]> keys = secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        SessionRevocations known = revocations.orElseGet(() -> new MemoryRevocations(MAX_REVOCATIONS, by.clock()));
        return keep(by, new CookieKeeper(by, keys, known), revocations.isPresent() ? asking : Execution.NON_BLOCKING);
    }

    /**
     * Keeps sessions in a store.
     *
     * @param asking how it is asked: {@link Execution#BLOCKING} if it is known to wait each time
     */
    public RequestSessions keepIn(SessionStore store, SessionRules by, Execution asking) {
        return keep(by, new StoreKeeper(by, store), asking);
    }

    /** Keeps so many sessions in so many bytes of memory. */
    public RequestSessions keepInMemory(SessionRules by, int maxSessions, long maxBytes) {
        var store = new MemorySessionStore(maxSessions, maxBytes, by.clock());
        return keep(by, new StoreKeeper(by, store), Execution.NON_BLOCKING);
    }

    private RequestSessions keep(SessionRules by, SessionKeeper in, Execution asking) {
        rules = by;
        keeper = in;
        execution = asking;
        return this;
    }

    /** How looking for a session runs: it may wait where sessions are outside of the process. */
    public Execution execution() {
        return execution;
    }

    /** Sets the codecs of the values, before the first request. */
    public RequestSessions writeBy(BodyCodecs codecs) {
        values = new SessionValues(codecs);
        return this;
    }

    @Override
    public void endAllOf(String user) {
        if (keeper == null) {
            throw new IllegalStateException("The application hasn't started yet: there are no sessions");
        }
        keeper.endAllOf(user);
    }

    @Override
    public Optional<Object> make(String name, ServerRequest request) {
        return make(name, request, false);
    }

    private Optional<Object> make(String name, ServerRequest request, boolean isHeadSent) {
        return name.equals(ATTRIBUTE) && keeper != null
                ? Optional.of(new RequestSession(keeper, rules, values, request, isHeadSent))
                : Optional.empty();
    }

    @Override
    public Headers decorate(Answer answer, Headers headers) {
        if (answer.request().isEmpty()) {
            return headers;
        }
        ServerRequest request = answer.request().get();
        if (request.heldAttribute(ATTRIBUTE).orElse(null) instanceof RequestSession session) {
            return session.complete(headers);
        }
        request.setAttributeSource(readOnly); // whoever asks for the session from now on is too late to change it
        return headers;
    }
}
