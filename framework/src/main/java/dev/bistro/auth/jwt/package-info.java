/**
 * Logins by JSON Web Tokens. Not API. It is the only room that uses {@code com.nimbusds:nimbus-jose-jwt}, and is loaded
 * only where {@code security.jwt} is set and that library is there.
 *
 * <p>In come settings and keys, from a file or an address; out goes an authenticator of bearer tokens. Begin with
 * {@link dev.bistro.auth.jwt.JwtLogins}, then {@code TokenCheck} for a request and {@code FetchedKeys} for keys.
 */
package dev.bistro.auth.jwt;
