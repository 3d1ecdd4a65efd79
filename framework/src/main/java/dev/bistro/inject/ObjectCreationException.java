package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.List;

/** The user's code that makes an object threw. On its way out it becomes the fault of a start, or what the code threw. */
final class ObjectCreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Maker maker;

    ObjectCreationException(Maker maker, Throwable cause) {
        super(maker.recipe().makes() + " could not be made: " + said(cause) + ".", cause);
        this.maker = maker;
    }

    private static String said(Throwable cause) {
        return cause instanceof ExceptionInInitializerError && cause.getCause() != null
                ? "a static initialiser failed: " + cause.getCause()
                : cause.toString();
    }

    /** For one who starts the application: code that throws such a report itself has said what is wrong. */
    StartupException atStart() {
        if (getCause() instanceof StartupException told) {
            return told;
        }
        List<Key> way = maker.way();
        Problem problem =
                Problem.of("object-not-made", getMessage()).at(maker.recipe().place());
        Problem told = Wiring.withAskers(problem, way.subList(0, way.size() - 1));
        return new StartupException(List.of(told), getCause());
    }

    /** For code that asks a {@code Provider}: what was thrown, so that an {@code HttpException} stays one. */
    RuntimeException atRequest() {
        if (getCause() instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(getMessage(), getCause());
    }
}
