package dev.bistro;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.observe.jfr.FlightEvents;
import dev.bistro.observe.jfr.FlightRecorder;
import java.util.Optional;

/** Has events written for Java's Flight Recorder. This class loads what needs it, and only if this Java has one. */
final class FlightAssembly {
    private FlightAssembly() {}

    /** What writes events; empty if there is no recorder. */
    static Optional<RequestObserver> observer() {
        return FlightRecorder.isIn(FlightAssembly.class.getClassLoader())
                ? Optional.of(new FlightEvents())
                : Optional.empty();
    }
}
