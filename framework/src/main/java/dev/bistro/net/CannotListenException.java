package dev.bistro.net;

import java.io.IOException;
import java.net.SocketAddress;

/** A server can't listen at one of its addresses. The message says why: {@code "Address already in use"}. */
public final class CannotListenException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient SocketAddress address;

    CannotListenException(SocketAddress address, IOException cause) {
        super(cause.getMessage(), cause);
        this.address = address;
    }

    /** The address that it can't listen at. */
    public SocketAddress address() {
        return address;
    }
}
