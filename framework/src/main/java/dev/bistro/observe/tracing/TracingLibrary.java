package dev.bistro.observe.tracing;

import dev.bistro.types.OptionalClass;
import java.util.Optional;

/** Whether OpenTelemetry's API is there. It is the one class of this room that needs nothing of it. */
public final class TracingLibrary {
    private static final String CLASS = "io.opentelemetry.api.OpenTelemetry";

    private TracingLibrary() {}

    /** The type of the bean that an application has for its traces; empty if its classes don't have the API. */
    public static Optional<Class<?>> beanType(ClassLoader loader) {
        return OptionalClass.find(CLASS, loader);
    }
}
