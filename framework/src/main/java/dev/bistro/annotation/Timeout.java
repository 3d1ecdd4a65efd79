package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a method may take for its answer, with its filters, or each method of a controller; 503 after it.
 *
 * <pre>{@code
 * @Get("/report") @Timeout("2s") Report report() { … }
 * }</pre>
 *
 * <p>The method runs on a thread of its own. When the time is over, the client gets its 503, the thread is interrupted
 * as long as it is in the method (and never after it), and a {@code CompletionStage} is cancelled; what the method
 * returns later is thrown away. If the answer's body is on its way by then, the connection is broken off, so that the
 * client notices. A long poll answers with what it has. The time of a feed or of other events ends with its first
 * bytes, since it has no end. A method that reads the body while it comes runs on the thread that reads it: it is
 * interrupted too, and if it goes on for another second, its connection is broken off.
 *
 * <p>The time begins when the method could be called: with the whole body, if it takes that. It includes waiting for a
 * thread, and takes the place of {@code server.pending-timeout}. The annotation of a method takes the place of that of
 * its class. It may also be on a method that is overridden, or on a class or interface above. Together with
 * {@link NonBlocking} it is a startup fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Timeout {
    /**
     * The time: a number and ms, s, min, h or d, 366 days at most; or a setting: {@code ${shop.report-timeout:2s}}.
     */
    String value();
}
