package dev.bistro.access;

import dev.bistro.auth.Authenticator;
import dev.bistro.filter.RouteGuard;
import dev.bistro.handler.Executions;
import dev.bistro.http.Request;
import dev.bistro.http.spi.Execution;
import dev.bistro.types.ResolvedMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the guards of routes from their rules, at startup, with the application's authenticators. */
public final class LoginGuards {
    private final List<Authenticator> authenticators = new ArrayList<>();
    private int maxFailures = 10;
    private Duration failureWindow = Duration.ofMinutes(1);
    private Optional<Authenticator> ofSessions = Optional.empty();
    private Execution executionOfSessions = Execution.NON_BLOCKING;
    private boolean hasSessions;
    private Optional<TestLogins> tests = Optional.empty();
    private Optional<Logins> made = Optional.empty();

    /** Adds an authenticator, which is asked after those before. */
    public LoginGuards add(Authenticator authenticator) {
        authenticators.add(authenticator);
        return this;
    }

    /** Sets how many logins may fail for a client or a name in which time; 0 for any number. */
    public LoginGuards setFailures(int most, Duration window) {
        maxFailures = most;
        failureWindow = window;
        return this;
    }

    /**
     * Sets the authenticator of sessions, which is asked after all others, unless one of these is for the same scheme.
     *
     * @param execution whether it may wait
     */
    public LoginGuards setSessions(Authenticator authenticator, Execution execution) {
        ofSessions = Optional.of(authenticator);
        executionOfSessions = execution;
        return this;
    }

    /**
     * Says that the application surely uses sessions, so that answers of 401 say that a session is a way to log in.
     * Otherwise the session of a request with cookies is looked at all the same, as a filter may begin one.
     */
    public LoginGuards useSessions() {
        hasSessions = true;
        return this;
    }

    /** Takes the logins of a test. */
    public LoginGuards setTests(TestLogins logins) {
        tests = Optional.of(logins);
        return this;
    }

    /** Whether the application has an authenticator, or sessions. */
    public boolean canLogIn() {
        return !authenticators.isEmpty() || hasSessions && ofSessions.isPresent();
    }

    /** The challenges of all ways to log in that the application surely has. */
    public List<String> challenges() {
        return Stream.concat(
                        authenticators.stream(),
                        sessions().filter(Logins.OfSessions::isKnown).stream().map(Logins.OfSessions::authenticator))
                .map(Authenticator::challenge)
                .distinct()
                .toList();
    }

    /** The logins; no authenticator is added any more. First called at startup. */
    public Logins logins() {
        if (made.isEmpty()) {
            var failures = new FailureTable(maxFailures, failureWindow, System::nanoTime);
            made = Optional.of(new Logins(authenticators, sessions(), tests, failures));
        }
        return made.get();
    }

    /** The authenticator of sessions; empty if one of the application's is for the same scheme. */
    private Optional<Logins.OfSessions> sessions() {
        return ofSessions
                .filter(one -> authenticators.stream().noneMatch(other -> haveSameScheme(one, other)))
                .map(one -> new Logins.OfSessions(one, hasSessions));
    }

    private static boolean haveSameScheme(Authenticator one, Authenticator other) {
        return scheme(one).equalsIgnoreCase(scheme(other));
    }

    private static String scheme(Authenticator authenticator) {
        return authenticator.challenge().strip().split(" ", 2)[0];
    }

    /** What stands before a route; empty if that is for everybody. */
    public Optional<RouteGuard> of(AccessRule rule) {
        return of(rule, false);
    }

    /**
     * The same for a route at which something may ask for the login of a request: the authenticators may wait, so the
     * route runs as they do, also if it is for everybody.
     */
    public Optional<RouteGuard> of(AccessRule rule, boolean asksForLogin) {
        if (rule.who() != AccessRule.Who.ANYBODY) {
            return Optional.of(new RouteGuard(new LoginGuard(rule, this::logins), execution()));
        }
        return asksForLogin && execution() != Execution.NON_BLOCKING
                ? Optional.of(new RouteGuard(request -> {}, execution()))
                : Optional.empty();
    }

    /** How asking for the login of a request runs: if one of the authenticators is known to wait, all do. */
    public Execution execution() {
        return Executions.together(Stream.concat(
                        Stream.of(executionOfSessions), authenticators.stream().map(LoginGuards::execution))
                .toList());
    }

    private static Execution execution(Authenticator authenticator) {
        Class<?> type = authenticator.getClass();
        if (type.isHidden()) { // of a lambda, which has no annotations
            return Execution.ADAPTIVE;
        }
        return ResolvedMethod.allOf(type).stream()
                .filter(method -> method.method().getName().equals("authenticate"))
                .filter(method -> List.of(method.method().getParameterTypes()).equals(List.of(Request.class)))
                .map(Executions::of)
                .findFirst()
                .orElse(Execution.ADAPTIVE);
    }
}
