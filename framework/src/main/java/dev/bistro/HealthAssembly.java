package dev.bistro;

import dev.bistro.auth.Login;
import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyWriter;
import dev.bistro.health.Health;
import dev.bistro.health.HealthCheck;
import dev.bistro.health.probe.HealthChecks;
import dev.bistro.health.probe.HealthPages;
import dev.bistro.health.probe.Readiness;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.inject.Contribution;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.tls.CertificateStatus;
import dev.bistro.tls.ServerTls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts together what is at {@code /health/live} and {@code /health/ready}.
 *
 * @param json writes maps, lists and texts
 */
record HealthAssembly(HealthSettings settings, HealthChecks checks, Readiness readiness, BodyWriter json) {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * With all checks. A check that doesn't say its name, or its time, is a problem. Empty if it is on no listener, or
     * if there are problems.
     *
     * @param codecs of JSON as Bistro writes it
     */
    static Optional<HealthAssembly> of(
            OwnSettings own,
            Extensions extensions,
            Optional<ServerTls> tls,
            DataAssembly data,
            RedisAssembly redis,
            Readiness readiness,
            Supplier<BodyCodecs> codecs,
            Problems problems) {
        boolean onManagement = own.management().filter(ManagementSettings::isOn).isPresent();
        Optional<HealthSettings> on = own.health().filter(settings -> settings.enabled() || onManagement);
        if (on.isEmpty() || !problems.allowObjects()) {
            return Optional.empty();
        }
        Duration usual = on.get().timeout();
        var checks = new HealthChecks.Builder();
        tls.ifPresent(open -> checks.add("certificates", () -> health(open.certificates()), usual));
        data.checks().forEach((name, check) -> checks.add(name, check, usual));
        redis.checks().forEach((name, check) -> checks.add(name, check, usual));
        extensions.all(HealthCheck.class).forEach(one -> add(checks, one, usual, problems));
        return Optional.of(new HealthAssembly(
                on.get(), checks.build(), readiness, codecs.get().anyJson()));
    }

    private static void add(HealthChecks.Builder checks, Contribution contribution, Duration usual, Problems problems) {
        var check = (HealthCheck) contribution.object().get();
        try {
            String name = check.name();
            Duration timeout = check.timeout().orElse(usual);
            if (name.isBlank() || timeout.compareTo(SettingFaults.SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("The name is \"" + name + "\", and the timeout " + timeout);
            }
            checks.add(name, check::check, timeout);
        } catch (RuntimeException e) {
            problems.add(
                    Problem.of("bad-health-check", "A HealthCheck doesn't say its name, or its timeout: " + e + ".")
                            .at(contribution.place())
                            .cure("Return a name that isn't empty, and no timeout or one from 1ms to 1d."));
        }
    }

    /**
     * The certificates of the server, which is up whatever their state is. As a rule all instances have the same ones,
     * so that all would be taken out of service at once, and clients who don't verify them are served as before.
     */
    private static Health health(List<CertificateStatus> certificates) {
        Health health = Health.up();
        for (CertificateStatus status : certificates) {
            health = health.with(status.source(), text(status));
        }
        return health;
    }

    private static String text(CertificateStatus status) {
        if (status.daysLeft() < 0) {
            return "has expired: " + status.notAfter();
        }
        return (status.isEnding() ? "expires soon: " : "expires: ") + status.notAfter() + ", in " + status.daysLeft()
                + " days";
    }

    /** The pages on the main port, by their paths; none where they are off. */
    Map<String, OwnPages.Page> pages() {
        if (!settings.enabled()) {
            return Map.of();
        }
        Optional<String> role = settings.detailsRole();
        // who asks for logins may have to wait
        Execution execution = role.isPresent() ? Execution.BLOCKING : Execution.NON_BLOCKING;
        return pages(
                execution,
                request -> role.filter(name -> hasRole(request, name)).isPresent());
    }

    /** The pages with details, by their paths, for a listener of their own. */
    Map<String, OwnPages.Page> allPages() {
        return pages(Execution.NON_BLOCKING, request -> true);
    }

    private Map<String, OwnPages.Page> pages(Execution ofReady, Predicate<ServerRequest> showsDetails) {
        var pages = new HealthPages(checks, readiness, json, showsDetails);
        return Map.of(
                HealthPages.LIVE, OwnPages.Page.open("The page of liveness", Execution.NON_BLOCKING, pages::live),
                HealthPages.READY, OwnPages.Page.open("The page of readiness", ofReady, pages::ready));
    }

    /** Whoever can't be known gets the status all the same: it depends on no login. */
    private static boolean hasRole(ServerRequest request, String role) {
        try {
            return Login.find(request).filter(login -> login.hasRole(role)).isPresent();
        } catch (RuntimeException e) {
            LOG.warn("[{}] Readiness is shown without details, since the login can't be found out", request.id(), e);
            return false;
        }
    }
}
