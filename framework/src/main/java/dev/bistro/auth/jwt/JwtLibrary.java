package dev.bistro.auth.jwt;

import dev.bistro.types.OptionalClass;

/** Whether the library for tokens is there. It is the one class of this room that needs nothing of it. */
public final class JwtLibrary {
    private static final String CLASS = "com.nimbusds.jwt.SignedJWT";

    private JwtLibrary() {}

    /** Whether an application's classes have it. */
    public static boolean isIn(ClassLoader loader) {
        return OptionalClass.find(CLASS, loader).isPresent();
    }
}
