package dev.bistro.auth.jwt;

/** Whether the library for tokens is there. It is the one class of this room that needs nothing of it. */
public final class JwtLibrary {
    private static final String CLASS = "com.nimbusds.jwt.SignedJWT";

    private JwtLibrary() {}

    /** Whether an application's classes have it. */
    public static boolean isIn(ClassLoader loader) {
        try {
            Class.forName(CLASS, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
