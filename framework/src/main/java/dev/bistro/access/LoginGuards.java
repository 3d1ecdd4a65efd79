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

/** Makes the guards of routes from their rules, at startup, with the application's authenticators. */
public final class LoginGuards {
    private final List<Authenticator> authenticators = new ArrayList<>();
    private int maxFailures = 10;
    private Duration failureWindow = Duration.ofMinutes(1);
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

    /** Takes the logins of a test. */
    public LoginGuards setTests(TestLogins logins) {
        tests = Optional.of(logins);
        return this;
    }

    /** Whether the application has an authenticator. */
    public boolean canLogIn() {
        return !authenticators.isEmpty();
    }

    /** The challenges of all ways to log in. */
    public List<String> challenges() {
        return authenticators.stream().map(Authenticator::challenge).distinct().toList();
    }

    /** The logins; no authenticator is added any more. */
    public Logins logins() {
        if (made.isEmpty()) {
            var failures = new FailureTable(maxFailures, failureWindow, System::nanoTime);
            made = Optional.of(new Logins(authenticators, tests, failures));
        }
        return made.get();
    }

    /** What stands before a route; empty if that is for everybody. */
    public Optional<RouteGuard> of(AccessRule rule) {
        return rule.who() == AccessRule.Who.ANYBODY
                ? Optional.empty()
                : Optional.of(new RouteGuard(new LoginGuard(rule, logins()), execution()));
    }

    /** If one of the authenticators is known to wait, all run as such. */
    private Execution execution() {
        return authenticators.isEmpty()
                ? Execution.NON_BLOCKING
                : Executions.together(
                        authenticators.stream().map(LoginGuards::execution).toList());
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
