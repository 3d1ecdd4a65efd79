/**
 * Certificates and keys: what the server shows its clients under TLS, and whose certificates it accepts. Not API.
 *
 * <p>Comes in: the paths of files. Goes out: an {@link javax.net.ssl.SSLEngine} for each connection, and how many days
 * each certificate is still valid. Knows no sockets: {@code net} moves the bytes.
 *
 * <p>Begin reading with {@link dev.bistro.tls.ServerTls}. {@link dev.bistro.tls.CertificateLoader} finds the files,
 * {@link dev.bistro.tls.CertificateReader} reads them, {@link dev.bistro.tls.CertificateSet} says which certificate is
 * a client's, and {@link dev.bistro.tls.ServerKeys} gives it to the handshake.
 */
package dev.bistro.tls;
