package dev.bistro.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A handler that doesn't end. */
@Name(FlightEvents.PREFIX + "StuckHandler")
@Label("Stuck Handler")
@Category("Bistro")
@Description("A handler that has run for longer than server.stuck-after")
@StackTrace(false) // it would be that of the thread that watches
final class StuckHandlerEvent extends Event {
    @Label("Request Id")
    String requestId;

    @Label("Method")
    String method;

    @Label("Route")
    String route;

    @Label("Thread")
    @Description("The thread that runs the handler")
    Thread stuck;

    @Label("At Least")
    @Description("How long it has run so far, at the least")
    @Timespan(Timespan.NANOSECONDS)
    long atLeast;

    @Label("Stack")
    @Description("Where it was, a line for each call")
    String stack;
}
