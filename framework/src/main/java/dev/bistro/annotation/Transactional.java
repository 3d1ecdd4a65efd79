package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method that answers requests, or each one of a controller, in a transaction of the database that
 * {@code database.url} names.
 *
 * <pre>{@code
 * @Post("/orders")
 * @Transactional
 * Order place(NewOrder order, Connection connection) throws SQLException { … }
 * }</pre>
 *
 * <p>All that the method does by the injected {@code DataSource}, {@code Connection}, {@code Jdbi} or {@code Handle}
 * is one transaction, also in other classes that it calls on its thread. It is committed before the answer is written,
 * so that nobody is told of what isn't there. It is rolled back if the method throws; if the answer's status is 400 or
 * more, whichever way the result says that; and if the time of a {@link Timeout} is over. If a statement has failed so
 * that the database keeps nothing, the request fails with it, even if the exception was caught. The connection is taken
 * from the pool when it is first used. What is published to a {@code Feed} goes out after the commit.
 *
 * <p>What is written after the method has returned can't be part of it: a {@code CompletionStage}, a {@code Stream}, an
 * {@code Iterator}, an {@code InputStream}, a {@code StreamingBody} or a {@code Feed} as the result is a startup fault.
 * So is the annotation on anything but a handler: hooks, WebSockets and services run code in a transaction by
 * {@code Transactions.run(…)}.
 *
 * <p>The annotation of a method takes the place of that of its class. It may also be on a method that is overridden, or
 * on a class or interface above.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Transactional {
    /** The value of {@link #retries} that leaves their number to Bistro. */
    int AUTOMATIC = -1;

    /** Which database: the name of {@code database.named.NAME.url}; the one of {@code database.url} without it. */
    String database() default "";

    /** Whether it only reads, which databases can use; on most of them, writing fails then (on H2 it doesn't). */
    boolean readOnly() default false;

    /** How far transactions that run at the same time are kept apart. */
    Isolation isolation() default Isolation.DEFAULT;

    /**
     * How often the method is called again after the database has cancelled the transaction because of another one: a
     * serialization failure, or a deadlock. By itself, twice for methods that may be repeated, such as GET and PUT, and
     * not at all for POST and PATCH. A number is for any method; at most 10. A method that reads the body while it
     * comes is never called again.
     */
    int retries() default AUTOMATIC;

    /** How far transactions that run at the same time are kept apart, as SQL names it. */
    enum Isolation {
        /** What the database does by itself. */
        DEFAULT,
        /** Each statement sees what was committed before it. */
        READ_COMMITTED,
        /** What was read once stays as it was until the transaction ends. */
        REPEATABLE_READ,
        /** The outcome is one that transactions one after the other could have had. */
        SERIALIZABLE
    }
}
