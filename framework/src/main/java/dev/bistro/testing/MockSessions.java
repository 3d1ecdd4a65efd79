package dev.bistro.testing;

import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.session.Session;
import dev.bistro.session.state.RequestSessions;
import dev.bistro.session.state.SessionRules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions of requests that no client sent: as large as in a cookie, and known to no other request. */
final class MockSessions {
    private static final SessionRules RULES =
            new SessionRules("session", Duration.ofMinutes(30), Duration.ofHours(12), Clock.systemUTC());

    private MockSessions() {}

    /** The session of a request, if it is that attribute which is asked for. */
    static Optional<Object> make(String attribute, ServerRequest request) {
        return attribute.equals(Session.class.getName()) ? Lazily.SESSIONS.make(attribute, request) : Optional.empty();
    }

    /** Made for the first request that is asked for its session, since codecs take a while. */
    private static final class Lazily {
        static final RequestSessions SESSIONS = new RequestSessions()
                .keepInCookies(RULES, List.of("of the tests alone"), Optional.empty(), Execution.NON_BLOCKING)
                .writeBy(StandardCodecs.create());
    }
}
