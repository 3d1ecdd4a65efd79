package dev.bistro.data.jdbi;

import dev.bistro.types.OptionalClass;

/** Whether Jdbi is there. It is the one class of this room that needs nothing of it. */
public final class JdbiLibrary {
    private static final String CLASS = "org.jdbi.v3.core.Jdbi";

    private JdbiLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return OptionalClass.find(CLASS, JdbiLibrary.class.getClassLoader()).isPresent();
    }
}
