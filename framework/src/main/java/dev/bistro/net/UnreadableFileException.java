package dev.bistro.net;

import java.io.IOException;

/**
 * A file that is being sent can't be read. It is told apart from other exceptions, which mean that the client has gone.
 */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableFileException(IOException cause) {
        super("A file that is being sent can't be read: " + cause.getMessage(), cause);
    }
}
