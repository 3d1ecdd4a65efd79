package dev.bistro;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;

/** Gives tests of other rooms the client's side of TLS, for servers that aren't Bistro. */
public final class TlsConnections {
    private TlsConnections() {}

    /** Connects to a server on this machine that is called localhost. */
    public static ClientConnection open(InetSocketAddress address, SSLContext context, SSLParameters parameters)
            throws IOException {
        return TlsClient.connect(address, "localhost", context, parameters);
    }

    /** Trusts these certificates of a server, and asks for them at each handshake. */
    public static X509TrustManager trust(Supplier<List<X509Certificate>> shown) {
        return new ShownCertificates(shown);
    }
}
