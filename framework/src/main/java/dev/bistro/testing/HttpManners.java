package dev.bistro.testing;

import dev.bistro.BistroBuilder;
import dev.bistro.RouteInfo;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A test of what every application should do right, route by route: HEAD, OPTIONS, 405 with {@code Allow}, 406, 415,
 * {@code Vary}, problems and pages for errors, and no markup of a client's in a page. Extend it, and name the
 * application:
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
 * <p>A response that hasn't ended after 5 seconds is a fault, such as that of a path that sends events whatever the
 * client accepts.
 *
 * <p>The report is a table with a row for each path and a column for each rule, and below it what is wrong. Handlers of
 * GET are called; handlers of other methods only if they accept a body of any type.
 */
public abstract class HttpManners {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

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

    /** Checks each rule with each path. */
    @Test
    void hasManners(TestReporter reporter) {
        try (TestClient started = TestClient.start(application())) {
            TestClient client = started.withDeadline(DEADLINE);
            var report = new MannersReport();
            var paths = new PathExamples(examples());
            for (String path : client.server().routes().stream()
                    .map(RouteInfo::path)
                    .distinct()
                    .toList()) {
                report.add(path, new PathManners(client, path, paths).check());
            }
            reporter.publishEntry("manners", "\n" + report.table());
            if (!report.faults().isEmpty()) {
                throw new AssertionError(report.table() + "\n" + String.join("\n\n", report.faults()));
            }
        }
    }
}
