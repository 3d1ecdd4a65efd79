package dev.bistro.access;

import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.http.spi.ServerRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the login of a request: asks the authenticators in their order, once for each request, and counts failures.
 * Immutable but for the failures.
 */
public final class Logins implements Function<ServerRequest, Optional<Principal>> {
    private static final String ASKING = Logins.class.getName();

    /** Where {@link Login#require} looks for the exception that it throws. */
    private static final String REFUSAL = Login.class.getName() + ".refusal";

    private final List<Authenticator> authenticators;
    private final Optional<OfSessions> sessions;
    private final Optional<TestLogins> tests;
    private final FailureTable failures;

    /**
     * The authenticator of sessions.
     *
     * @param isKnown whether the application surely uses sessions. Otherwise it is asked only for requests with
     *     cookies, and no client is told of it: answers don't get to depend on cookies for nothing
     */
    record OfSessions(Authenticator authenticator, boolean isKnown) {
        Optional<Login> login(ServerRequest request) {
            return isKnown || request.headers().contains("Cookie")
                    ? authenticator.authenticate(request)
                    : Optional.empty();
        }
    }

    /** What was found: a login, or why it was refused, or neither. */
    private record Outcome(Optional<Login> login, Optional<HttpException> refusal) {
        static final Outcome NONE = new Outcome(Optional.empty(), Optional.empty());
    }

    /**
     * @param sessions asked after the authenticators
     * @param tests the logins of a test, which are looked at first
     */
    Logins(
            List<Authenticator> authenticators,
            Optional<OfSessions> sessions,
            Optional<TestLogins> tests,
            FailureTable failures) {
        this.authenticators = List.copyOf(authenticators);
        this.sessions = sessions;
        this.tests = tests;
        this.failures = failures;
    }

    /** For {@link ServerRequest#principal}: credentials that are refused are none. */
    @Override
    public Optional<Principal> apply(ServerRequest request) {
        return outcome(request).login.map(Login::principal);
    }

    /**
     * The login of a request that needs one.
     *
     * @throws HttpException 401 without one, or with credentials that aren't accepted; 429 after many failures
     */
    Login require(ServerRequest request) {
        Optional<Login> recorded = request.attribute(Principal.class.getName()).flatMap(who -> Login.find(request));
        if (recorded.isPresent()) {
            return recorded.get();
        }
        outcome(request).refusal.ifPresent(refusal -> {
            throw refusal;
        });
        return Login.find(request).orElseThrow(this::withoutLogin);
    }

    private HttpException withoutLogin() {
        String text = "This is only for those who say who they are";
        List<String> challenges = Stream.concat(
                        authenticators.stream(),
                        sessions.filter(OfSessions::isKnown).map(OfSessions::authenticator).stream())
                .map(Authenticator::challenge)
                .toList();
        if (challenges.isEmpty()) { // only a filter or a certificate gives logins
            return new HttpException(Status.UNAUTHORIZED, text);
        }
        HttpException fault = new UnauthorizedException(challenges.get(0), text);
        for (String further : challenges.subList(1, challenges.size())) {
            fault = fault.plusHeader("WWW-Authenticate", further);
        }
        return fault;
    }

    private Outcome outcome(ServerRequest request) {
        Optional<Outcome> known = request.keptLogin().map(Outcome.class::cast);
        if (known.isPresent()) {
            return known.get();
        }
        if (request.heldAttribute(ASKING).isPresent()) {
            return Outcome.NONE; // for an authenticator that asks for the principal itself
        }
        request.setAttribute(ASKING, true);
        Outcome found;
        try {
            found = find(request);
        } finally {
            request.setAttribute(ASKING, null);
        }
        Optional<HttpException> refusal = found.refusal;
        found.login.ifPresentOrElse(
                login -> request.setAttribute(Login.class.getName(), login),
                () -> request.setAttribute(
                        REFUSAL, (Supplier<HttpException>) () -> refusal.orElseGet(this::withoutLogin)));
        request.keepLogin(found, found.login.map(Login::principal));
        return found;
    }

    private Outcome find(ServerRequest request) {
        Optional<Login> ofTest = tests.flatMap(test -> test.authenticate(request));
        if (ofTest.isPresent()) {
            return new Outcome(ofTest, Optional.empty());
        }
        var attempts = new Attempts();
        for (int i = 0; i < authenticators.size(); i++) {
            Optional<Login> login = attempts.ask(i, authenticators.get(i), request);
            if (login.isPresent()) {
                return attempts.end(login);
            }
        }
        return attempts.end(sessions.flatMap(one -> one.login(request)));
    }

    /** What came of the authenticators that were asked for one request so far. */
    private final class Attempts {
        private final List<String> failed = new ArrayList<>(); // for whom they are counted
        private HttpException refusal; // null while there is none

        /**
         * Asks one. A password isn't looked at while too many have failed, since it could be guessed. Credentials that
         * claim no name, such as tokens, can't be: good ones are accepted, whoever else fails at the same address.
         */
        Optional<Login> ask(int number, Authenticator authenticator, ServerRequest request) {
            Optional<String> name = authenticator.claimedName(request);
            List<String> keys = keys(number, name, request);
            OptionalLong wait = failures.secondsToWait(keys);
            if (name.isPresent() && wait.isPresent()) {
                refuse(tooMany(wait.getAsLong()));
                return Optional.empty();
            }
            try {
                return authenticator.authenticate(request);
            } catch (UnauthorizedException notAccepted) {
                failed.addAll(keys);
                refuse(wait.isPresent() ? tooMany(wait.getAsLong()) : notAccepted);
                return Optional.empty();
            }
        }

        /** Counts what has failed, also where there is a login: whoever has one could guess another's password. */
        Outcome end(Optional<Login> login) {
            failures.add(failed);
            return new Outcome(login, login.isPresent() ? Optional.empty() : Optional.ofNullable(refusal));
        }

        /** Keeps the first. */
        private void refuse(HttpException because) {
            refusal = refusal == null ? because : refusal;
        }
    }

    private static HttpException tooMany(long seconds) {
        return new HttpException(
                Status.TOO_MANY_REQUESTS,
                "Too many logins have failed. Try again later.",
                Headers.of("Retry-After", String.valueOf(seconds)),
                List.of());
    }

    /** For whom a failure is counted, for each authenticator by itself: each has clients of its own. */
    private static List<String> keys(int number, Optional<String> name, ServerRequest request) {
        Stream<String> client = ClientKey.of(request.remoteAddress()).stream().map(key -> number + " from " + key);
        Stream<String> claimed = name.stream().map(one -> number + " as " + ClientKey.ofName(one));
        return Stream.concat(client, claimed).toList();
    }
}
