package dev.bistro.session;

/**
 * All sessions of the application. It can be injected.
 *
 * <pre>{@code
 * users.setPassword(name, password);
 * sessions.endAllOf(name);   // whoever has logged in with the old one has to do it again
 * }</pre>
 */
@FunctionalInterface
public interface Sessions {
    /** Ends all sessions in which this user has logged in ({@link Session#login}) until now. */
    void endAllOf(String user);
}
