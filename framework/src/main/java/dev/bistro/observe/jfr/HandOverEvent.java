package dev.bistro.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A loop that was taken away from a handler. */
@Name(FlightEvents.PREFIX + "HandOver")
@Label("Hand-Over")
@Category("Bistro")
@Description("An event loop was taken away from a thread whose handler held it up, and given to another one")
@StackTrace(false) // it would be the watchdog's
final class HandOverEvent extends Event {
    @Label("Loop")
    int loop;

    @Label("Thread")
    @Description("The thread that runs the handler")
    Thread heldUp;

    @Label("Request Id")
    @Description("None if it makes a part of a body, or takes a message of a WebSocket")
    String requestId;

    @Label("Method")
    String method;

    @Label("Route")
    String route;
}
