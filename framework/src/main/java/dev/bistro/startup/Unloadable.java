package dev.bistro.startup;

import java.util.Arrays;
import java.util.Optional;

/** The problem of a class that can't be loaded, initialised or inspected, be it because of a class that it needs. */
public final class Unloadable {
    private static final String STATIC_INITIALISER = "<clinit>";

    private Unloadable() {}

    /**
     * Inspects a class, and adds a problem if it, or a class that it needs, can't be loaded:
     * {@code Unloadable.guard(type, problems, () -> inspect(type))}.
     */
    public static void guard(Class<?> type, Problems problems, Runnable look) {
        try {
            look.run();
        } catch (LinkageError | TypeNotPresentException e) {
            problems.add(problem(type.getName(), e));
        }
    }

    /** The problem of a class that can't be loaded, with Java's message. */
    public static Problem problem(String className, Throwable fault) {
        if (fault instanceof ExceptionInInitializerError failed && failed.getCause() != null) {
            return notInitialised(className, failed.getCause());
        }
        if (fault instanceof UnsupportedClassVersionError) {
            int here = Runtime.version().feature();
            return Problem.of(
                            "class-not-loaded",
                            "The class " + className
                                    + " can't be loaded: it, or one that it needs, was compiled for a newer Java than "
                                    + here + ", which runs here.")
                    .cure("Run the application on that Java, or compile with --release " + here + ".");
        }
        return Problem.of("class-not-loaded", "The class " + className + " can't be loaded: " + fault + ".")
                .cure("It needs a class that isn't on the class path, or is there in another version: "
                        + "have what it is compiled with among the dependencies.");
    }

    private static Problem notInitialised(String className, Throwable cause) {
        String failed = failed(cause).orElse(className);
        Problem problem =
                Problem.of("class-not-initialised", "The static initialiser of " + failed + " failed: " + cause + ".");
        return failed.equals(className) ? problem : problem.cure("It is needed by " + className + ".");
    }

    /** The class whose static initialiser threw; the innermost one, if one led to another. */
    private static Optional<String> failed(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getMethodName().equals(STATIC_INITIALISER))
                .map(StackTraceElement::getClassName)
                .findFirst();
    }
}
