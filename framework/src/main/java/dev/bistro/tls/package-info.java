/**
 * Certificates and keys: what the server shows its clients under TLS, and whose certificates it accepts. Not API.
 *
 * <p>Comes in: the paths of files. Goes out: an {@link javax.net.ssl.SSLEngine} for each connection, and how many days
 * each certificate is still valid. Knows no sockets: {@code net} moves the bytes. Begin reading with
 * {@link dev.bistro.tls.CertificateReader}.
 */
package dev.bistro.tls;
