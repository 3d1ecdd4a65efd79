package dev.bistro.inject;

import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.util.List;

/**
 * The user's code failed to make an object. It never leaves the container: at startup it becomes a
 * {@link StartupException}, and for a {@code Provider} what the user's code threw.
 */
final class ObjectCreationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ObjectProvider provider;

    ObjectCreationException(ObjectProvider provider, Throwable cause) {
        super(provider.recipe().key() + " could not be made: " + said(cause) + ".", cause);
        this.provider = provider;
    }

    private static String said(Throwable cause) {
        return cause instanceof ExceptionInInitializerError && cause.getCause() != null
                ? "a static initialiser failed: " + cause.getCause()
                : cause.toString();
    }

    /** The exception for the start of the application; one that the user's code threw itself is kept. */
    StartupException atStart() {
        if (getCause() instanceof StartupException told) {
            return told;
        }
        List<Key> path = provider.path();
        Problem problem =
                Problem.of("object-not-made", getMessage()).at(provider.recipe().place());
        Problem told = DependencyGraph.withDependents(problem, path.subList(0, path.size() - 1));
        return new StartupException(List.of(told), getCause());
    }

    /**
     * The exception for code that asks a {@code Provider}: what was thrown, so that an {@code HttpException} stays one.
     */
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
