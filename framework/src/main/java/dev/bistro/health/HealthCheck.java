package dev.bistro.health;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Says whether something that the application needs is there. Bistro finds a class that implements it, or a
 * {@code @Bean} method that returns it, and asks it when somebody asks for {@code /health/ready}: on a thread of its
 * own, once at a time, and once a second at the most, however many ask.
 *
 * <pre>{@code
 * @Factory
 * final class Checks {
 *     @Bean
 *     HealthCheck warehouse(Warehouse warehouse) {
 *         return HealthCheck.of("warehouse", () -> Health.up().with("items", warehouse.count()));
 *     }
 * }
 * }</pre>
 *
 * <p>The application is ready if all checks say {@link Health#up}. One that throws, or isn't done in time, is down.
 * Only what another instance of the application might have should be checked: where all instances share a database,
 * none is ready without it, and nobody is left to tell the clients so.
 */
public interface HealthCheck {
    /** The name by which the check is known in answers and in the log: {@code warehouse}. Asked once, at startup. */
    String name();

    /**
     * Checks, and may wait.
     *
     * @throws Exception if it can't be checked, which counts as down; the log has what it is, and clients don't
     */
    Health check() throws Exception;

    /**
     * How long a check may take, after which it is interrupted and counts as down; empty for the setting
     * {@code health.timeout}. Asked once, at startup.
     */
    default Optional<Duration> timeout() {
        return Optional.empty();
    }

    /** A check by a lambda: {@code HealthCheck.of("warehouse", () -> Health.up())}. */
    static HealthCheck of(String name, Callable<Health> check) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(check, "check");
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Health check() throws Exception {
                return check.call();
            }
        };
    }
}
