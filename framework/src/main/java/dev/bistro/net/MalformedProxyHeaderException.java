package dev.bistro.net;

import java.io.IOException;

/** What a connection begins with isn't a header of the PROXY protocol. The message has nothing of what was sent. */
final class MalformedProxyHeaderException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedProxyHeaderException(String message) {
        super(message);
    }
}
