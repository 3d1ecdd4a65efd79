package dev.bistro;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake of TLS between two engines within the process: both check what they would check over a socket, and
 * nothing but the handshake is encrypted. Each engine in turn does what it can until both are done.
 *
 * <pre>
 *   client ── toServer ─▶ server
 *          ◀─ toClient ──
 * </pre>
 */
final class MemoryHandshake {
    private static final int BUFFER_BYTES = 256 * 1024; // for the longest chains: what doesn't fit is a fault

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer noData = ByteBuffer.allocate(0);
    private final ByteBuffer data;

    private MemoryHandshake(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
        this.data = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
    }

    /**
     * Shakes hands.
     *
     * @throws SSLException as the client sees it: what it refuses, or the alert of a server that refuses it
     */
    static void run(SSLEngine client, SSLEngine server) throws SSLException {
        new MemoryHandshake(client, server).run();
    }

    private void run() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        boolean moved = true;
        while (moved) {
            moved = step(client, toClient, toServer);
            moved |= stepOfServer();
        }
        if (isShaking(client) || isShaking(server)) {
            throw new SSLException("The handshake has come to a standstill: " + client.getHandshakeStatus() + " and "
                    + server.getHandshakeStatus());
        }
    }

    /** A server that refuses says so by an alert, and that is what the client is told. */
    private boolean stepOfServer() throws SSLException {
        try {
            return step(server, toServer, toClient);
        } catch (SSLException refused) {
            while (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                server.wrap(noData, toClient);
            }
            while (toClient.position() > 0 && step(client, toClient, toServer)) {
                continue;
            }
            throw refused;
        }
    }

    private static boolean isShaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Whether the engine could do something. */
    private boolean step(SSLEngine engine, ByteBuffer received, ByteBuffer sent) throws SSLException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                engine.getDelegatedTask().run();
                yield true;
            }
            case NEED_WRAP -> wrap(engine, sent);
            default -> received.position() > 0 && unwrap(engine, received);
        };
    }

    private boolean wrap(SSLEngine engine, ByteBuffer sent) throws SSLException {
        SSLEngineResult result = engine.wrap(noData, sent);
        return result.bytesProduced() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
    }

    private boolean unwrap(SSLEngine engine, ByteBuffer received) throws SSLException {
        received.flip();
        try {
            SSLEngineResult result = engine.unwrap(received, data.clear());
            return result.bytesConsumed() > 0 || result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP;
        } finally {
            received.compact();
        }
    }
}
