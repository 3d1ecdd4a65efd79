package dev.bistro.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the TLS connection that a request came over: {@link Request#tls()}.
 *
 * <pre>{@code
 * request.tls().map(TlsInfo::protocol);                // Optional[TLSv1.3]; empty without TLS
 * request.tls().flatMap(TlsInfo::serverName);          // Optional[shop.example]
 * }</pre>
 *
 * @param protocol the version, as Java writes it: {@code "TLSv1.3"}
 * @param cipherSuite the cipher suite, as IANA registers it: {@code "TLS_AES_256_GCM_SHA384"}
 * @param peerCertificates the chain that the other end of the connection showed, its own certificate first; empty if it
 *     showed none
 * @param serverName the host that the other end named when it connected (RFC 6066, section 3), as it wrote it; empty if
 *     it named none
 */
public record TlsInfo(
        String protocol, String cipherSuite, List<X509Certificate> peerCertificates, Optional<String> serverName) {
    /** Copies the list. */
    public TlsInfo {
        peerCertificates = List.copyOf(peerCertificates);
    }
}
