package dev.bistro;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.inject.Contribution;
import dev.bistro.observe.tracing.Tracing;
import dev.bistro.observe.tracing.TracingLibrary;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Has requests traced where the application has a bean for that: an {@code OpenTelemetry}. Its API is loaded only where
 * there is one.
 */
final class TracingAssembly {
    private TracingAssembly() {}

    /** The type of the bean; empty if the API isn't on the class path. */
    static Optional<Class<?>> beanType() {
        return TracingLibrary.beanType(TracingAssembly.class.getClassLoader());
    }

    /** Looks for beans of which it isn't clear which one is meant. */
    static void check(Extensions extensions, Problems problems) {
        List<Contribution> beans = beans(extensions);
        if (beans.size() > 1) {
            problems.add(Problem.of(
                            "two-open-telemetries",
                            "Requests are traced by one OpenTelemetry, and there are " + beans.size() + ".")
                    .at(beans.get(0).place())
                    .at(beans.get(1).place())
                    .cure("Remove one of them; or have one OpenTelemetry with two exporters."));
        }
    }

    /** What traces requests; empty without a bean. */
    static Optional<RequestObserver> observer(Extensions extensions) {
        return beans(extensions).stream()
                .findFirst()
                .map(bean -> Tracing.by(bean.object().get()));
    }

    /** The application's own if there are some, else those of libraries. */
    private static List<Contribution> beans(Extensions extensions) {
        List<Contribution> all = beanType().map(extensions::all).orElse(List.of());
        List<Contribution> own = all.stream().filter(one -> !one.isOfLibrary()).toList();
        return own.isEmpty() ? all : own;
    }
}
