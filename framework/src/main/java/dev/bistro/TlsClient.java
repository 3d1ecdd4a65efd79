package dev.bistro;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Opens the client's side of a connection over TLS, on a socket of its own. */
final class TlsClient {
    private static final String VERIFIED_AS_HTTPS = "HTTPS"; // RFC 9110, section 4.3.4

    private TlsClient() {}

    /** A context that shows no certificate and trusts whom this one trusts. */
    static SSLContext contextFor(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /**
     * Connects, and waits for the client's side of the handshake. The certificate has to be for the name that the
     * parameters have for the server, or for the host if they have none.
     *
     * @throws SSLException if the handshake fails. Under TLS 1.3 the client learns of some reasons, such as a missing
     *     certificate of its own, only when it reads
     */
    static ClientConnection connect(
            InetSocketAddress address, String host, SSLContext context, SSLParameters parameters) throws IOException {
        var transport = new EndRecordingSocket();
        try {
            transport.connect(address, ClientConnection.TIMEOUT_MILLIS);
            transport.setSoTimeout(ClientConnection.TIMEOUT_MILLIS);
            transport.setTcpNoDelay(true);
            var socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(transport, peerName(parameters, host), address.getPort(), true);
            socket.setSSLParameters(parameters);
            socket.setSSLParameters(verifyingName(socket.getSSLParameters()));
            shakeHands(socket);
            var input = new TruncationNoticingStream(socket.getInputStream(), transport);
            return new ClientConnection(
                    input, socket.getOutputStream(), socket, transport, Optional.of(socket.getSession()));
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /** A server that refuses the client may have closed the connection before it read all that the client says. */
    private static void shakeHands(SSLSocket socket) throws IOException {
        try {
            socket.startHandshake();
        } catch (SocketException e) {
            throw new SSLHandshakeException("The server closed the connection during the handshake: " + e.getMessage());
        }
    }

    /** The name that the server is asked for and verified by. */
    static String peerName(SSLParameters parameters, String host) {
        List<SNIServerName> names = parameters.getServerNames();
        return names != null && !names.isEmpty() && names.get(0) instanceof SNIHostName name
                ? name.getAsciiName()
                : host;
    }

    /** The parameters, which get the check of the name. */
    static SSLParameters verifyingName(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm(VERIFIED_AS_HTTPS);
        return parameters;
    }

    /**
     * A socket that records whether its input has ended. TLS reads record by record, so that it never reads beyond a
     * {@code close_notify}: if it has seen the end of the input, none came before.
     */
    private static final class EndRecordingSocket extends Socket {
        private volatile boolean hasEnded;

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    return recorded(super.read());
                }

                @Override
                public int read(byte[] array, int offset, int length) throws IOException {
                    return recorded(super.read(array, offset, length));
                }
            };
        }

        private int recorded(int read) {
            hasEnded |= read < 0;
            return read;
        }
    }

    /**
     * Throws where the JDK, unless a property of the whole JVM says otherwise, takes the end of the socket for the end
     * of what is sent.
     */
    private static final class TruncationNoticingStream extends FilterInputStream {
        private final EndRecordingSocket transport;
        private boolean endedByNotice;

        TruncationNoticingStream(InputStream input, EndRecordingSocket transport) {
            super(input);
            this.transport = transport;
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            return checked(super.read(array, offset, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && !endedByNotice) {
                if (transport.hasEnded) {
                    throw new SSLException("closed without close_notify: the response may be truncated");
                }
                endedByNotice = true; // what closing reads of the socket later says nothing
            }
            return read;
        }
    }
}
