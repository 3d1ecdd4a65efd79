package dev.bistro.session;

/** A session has no room for a value. It is thrown where the value is set, and the session stays as it was. */
public final class SessionTooLargeException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final String name;

    /**
     * Says what is too large.
     *
     * @param name of the value
     */
    public SessionTooLargeException(String name, String message) {
        super(message);
        this.name = name;
    }

    /** The name of the value that is too large. */
    public String name() {
        return name;
    }
}
