package dev.bistro.data.jdbi;

/** Whether Jdbi is there. It is the one class of this room that needs nothing of it. */
public final class JdbiLibrary {
    private static final String CLASS = "org.jdbi.v3.core.Jdbi";

    private JdbiLibrary() {}

    /** Whether the class path has it. */
    public static boolean isThere() {
        return isThere(CLASS);
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, JdbiLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
