package dev.bistro.tls;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A handshake of two engines in memory, up to where neither has anything more to say. */
final class Handshake {
    private static final int ROOM = 1 << 17;
    private static final String MARK = "seen before";

    private final Side client;
    private final Side server;

    private Handshake(Side client, Side server) {
        this.client = client;
        this.server = server;
    }

    /** Runs a handshake. */
    static Handshake of(SSLEngine client, SSLEngine server) {
        return of(client, server, () -> {});
    }

    /** Runs a handshake, and something else between any two steps of it. */
    static Handshake of(SSLEngine client, SSLEngine server, Runnable betweenSteps) {
        var handshake = new Handshake(new Side(client), new Side(server));
        boolean progress = true;
        while (progress) {
            betweenSteps.run();
            progress = handshake.client.step(handshake.server) | handshake.server.step(handshake.client);
        }
        return handshake;
    }

    /** Whether both sides ended it well. */
    boolean isDone() {
        return fault().isEmpty()
                && client.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && server.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && !client.session().getProtocol().equals("NONE");
    }

    /** What the server or the client found wrong: the server's word, or the alert. */
    Optional<String> fault() {
        return server.fault.or(() -> client.fault).map(Throwable::getMessage);
    }

    /** What the client was told by an alert, or found itself. */
    Optional<String> clientFault() {
        return client.fault.map(Throwable::getMessage);
    }

    SSLSession serverSession() {
        return server.session();
    }

    String applicationProtocol() {
        return server.engine.getApplicationProtocol();
    }

    /** The common name of the certificate that the client was given. */
    String serverName() {
        return served().getSubjectX500Principal().getName().replace("CN=", "");
    }

    X509Certificate served() {
        try {
            return (X509Certificate) client.session().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(fault().orElse("no fault"), e);
        }
    }

    /** Whether the client resumed a session that an earlier handshake, which this was asked of, began. */
    boolean isResumed() {
        boolean seen = client.session().getValue(MARK) != null;
        client.session().putValue(MARK, true);
        return seen;
    }

    private static final class Side {
        private final SSLEngine engine;
        private final ByteBuffer in = ByteBuffer.allocate(ROOM);
        private final ByteBuffer data = ByteBuffer.allocate(ROOM);
        private Optional<SSLException> fault = Optional.empty();

        Side(SSLEngine engine) {
            this.engine = engine;
            try {
                engine.beginHandshake();
            } catch (SSLException e) {
                fault = Optional.of(e);
            }
        }

        SSLSession session() {
            return engine.getSession();
        }

        boolean step(Side peer) {
            try {
                return switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> wrap(peer);
                    default -> unwrap();
                };
            } catch (SSLException e) {
                fault = fault.or(() -> Optional.of(e));
                return true; // there may be an alert to send
            }
        }

        private boolean runTasks() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return true;
        }

        private boolean wrap(Side peer) throws SSLException {
            return engine.wrap(ByteBuffer.allocate(0), peer.in).bytesProduced() > 0;
        }

        private boolean unwrap() throws SSLException {
            in.flip();
            try {
                return in.hasRemaining()
                        && !engine.isInboundDone()
                        && engine.unwrap(in, data).bytesConsumed() > 0;
            } finally {
                in.compact();
            }
        }
    }
}
