package dev.bistro.testing;

import dev.bistro.BistroBuilder;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A test of what every application should do right, route by route: HEAD, OPTIONS, 405 with {@code Allow}, 406, 415,
 * {@code Vary}, problems and pages for errors, no markup of a client's in a page, and no answer that the OpenAPI
 * document doesn't have. Extend it, and name the application:
 *
 * <pre>{@code
 * class ShopMannersTest extends HttpManners {
 *     @Override
 *     protected BistroBuilder application() {
 *         return Bistro.app(ShopApplication.class);
 *     }
 *
 *     @Override
 *     protected Map<String, String> examples() {
 *         return Map.of("id", "2");      // /api/products/{id} is asked for as /api/products/2
 *     }
 * }
 * }</pre>
 *
 * <p>An application with logins is asked by one of its users, and a path that can't be asked is left out:
 *
 * <pre>{@code
 *     @Override
 *     protected TestClient client(TestClient client) {
 *         return client.basic("ada", "secret");
 *     }
 *
 *     @Override
 *     protected Set<String> leftOut() {
 *         return Set.of("/events");      // as the report names it
 *     }
 * }</pre>
 *
 * <p>A response that hasn't ended after 5 seconds ({@link #deadline}) is a fault, such as that of a path that sends
 * events whatever the client accepts.
 *
 * <p>The report is a table with a row for each path and a column for each rule, and below it what is wrong. Handlers of
 * GET are called; handlers of other methods only if they accept a body of any type.
 */
public abstract class HttpManners {
    /** For subclasses. */
    protected HttpManners() {}

    /**
     * The application: {@code Bistro.app(ShopApplication.class)}, with mocks in the place of what a test doesn't have,
     * such as a database.
     */
    protected abstract BistroBuilder application();

    /**
     * Values for path variables, by name, that lead to something that exists. A variable without one gets a value of
     * its type: {@code 1}, a UUID, a date.
     */
    protected Map<String, String> examples() {
        return Map.of();
    }

    /**
     * The client that asks, made of one that says nothing about itself: {@code client.bearer(token)},
     * {@code client.withHeader("Accept-Language", "de")}, {@code client.https()}. By default the client as it is.
     */
    protected TestClient client(TestClient client) {
        return client;
    }

    /** Paths that aren't asked, as the report and the startup log name them: {@code "/jobs/{id}"}. None by default. */
    protected Set<String> leftOut() {
        return Set.of();
    }

    /** How long each response may take; by default 5 seconds. */
    protected Duration deadline() {
        return Duration.ofSeconds(5);
    }

    /**
     * Whether all answers are held against the application's OpenAPI document, as {@link TestClient#withOpenApi} does;
     * by default they are.
     */
    protected boolean checksOpenApi() {
        return true;
    }

    /** Checks each rule with each path. */
    @Test
    void hasManners(TestReporter reporter) {
        try (TestClient started = TestClient.start(application())) {
            TestClient client = client(started).withDeadline(deadline());
            var report = new MannersReport();
            var examples = new PathExamples(examples());
            for (String path : paths(started)) {
                Optional<DocumentedAnswers> documented = checksOpenApi()
                        ? Optional.of(DocumentedAnswers.collecting(started.server()))
                        : Optional.empty();
                report.add(path, new PathManners(client, path, examples, documented).check());
            }
            reporter.publishEntry("manners", "\n" + report.table());
            if (!report.faults().isEmpty()) {
                throw new AssertionError(report.table() + "\n" + String.join("\n\n", report.faults()));
            }
        }
    }

    private Set<String> paths(TestClient client) {
        var paths = new LinkedHashSet<String>();
        client.server().routes().forEach(route -> paths.add(route.path()));
        Set<String> all = Set.copyOf(paths);
        for (String path : leftOut()) {
            if (!paths.remove(path)) {
                throw new AssertionError(
                        "leftOut() names \"" + path + "\", but the paths are " + String.join(", ", new TreeSet<>(all)));
            }
        }
        return paths;
    }
}
