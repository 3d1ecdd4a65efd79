package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method (or each method of a controller, or the sessions of a {@code @WebSocket} class) is only for
 * clients that showed a certificate: {@code Request.clientCertificate()}. Others get 403.
 *
 * <pre>{@code
 * @Route("/ledger")
 * @ClientCertificate
 * final class LedgerController {
 *     @Post void book(Entry entry, X509Certificate certificate) { … }
 * }
 * }</pre>
 *
 * <p>The server has to ask for certificates, {@code server.tls.client-auth=want}; otherwise this is a startup fault.
 * With {@code need} no client comes in without one, and the annotation isn't needed. It may also be on a method that is
 * overridden, or on a class or interface above. The certificate is looked for among the filters, as one of
 * {@link Priority#AUTHORIZATION}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ClientCertificate {}
