package dev.bistro;

import java.net.SocketAddress;

/**
 * An address that the server listens on.
 *
 * @param isTls whether its clients speak TLS from the first byte on
 */
record ServerListener(SocketAddress address, boolean isTls) {}
