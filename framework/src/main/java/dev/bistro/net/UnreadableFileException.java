package dev.bistro.net;

import java.io.IOException;

/** A file that is being sent can't be read: that is a fault of ours, and not a client that has gone. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableFileException(IOException cause) {
        super("A file that is being sent can't be read: " + cause.getMessage(), cause);
    }
}
