package dev.bistro.net;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Makes the TLS engines of a listener's connections. For any thread. */
public interface TlsEngines {
    /** A new engine in server mode, with all of its parameters set. Called on an event loop, so it mustn't wait. */
    SSLEngine newEngine();

    /**
     * Checks the certificates of a client whose session was resumed, as a full handshake would: they may have expired
     * since, or their authority isn't trusted any more. May take long, and isn't called on an event loop.
     *
     * @throws CertificateException if the client may not continue
     */
    void checkResumed(SSLSession session) throws CertificateException;
}
