package dev.bistro.observe.jfr;

import dev.bistro.types.OptionalClass;

/** Whether this Java has a flight recorder. It is the one class of this room that needs nothing of it. */
public final class FlightRecorder {
    private static final String CLASS = "jdk.jfr.Event";

    private FlightRecorder() {}

    /** Whether classes have its module. */
    public static boolean isIn(ClassLoader loader) {
        return OptionalClass.find(CLASS, loader).isPresent();
    }
}
