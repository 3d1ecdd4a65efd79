package dev.bistro.observe.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A request, from its head to the last byte of its answer. */
@Name(FlightEvents.PREFIX + "Request")
@Label("Request")
@Category("Bistro")
@Description("A request, from its head to the last byte of its answer")
@StackTrace(false) // that of the thread that writes the last byte says nothing
@Threshold("0 ms") // so that there is such a setting
final class RequestEvent extends Event {
    @Label("Request Id")
    String requestId;

    @Label("Method")
    String method;

    @Label("Route")
    @Description("The template of its route, if it has one")
    String route;

    @Label("Path")
    String path;

    @Label("Status")
    @Description("0 if the client had gone before an answer")
    int status;

    @Label("Bytes")
    @Description("Of the answer's body, as it was sent")
    @DataAmount
    long bytes;

    @Label("Complete")
    @Description("Whether it was answered in full")
    boolean complete;
}
