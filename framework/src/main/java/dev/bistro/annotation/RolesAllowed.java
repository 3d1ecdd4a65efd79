package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method, or each method of a controller, the sessions of a {@code @WebSocket} class, or the files of an
 * application class with {@code @StaticFiles}, is only for logins that have one of these roles. Who hasn't said who it
 * is gets 401 with the challenges of the application's authenticators, who has another role gets 403.
 *
 * <pre>{@code
 * @Route("/products")
 * final class ProductController {
 *     @Get List<Product> list() { … }                              // anybody
 *
 *     @Delete("/{id}") @RolesAllowed("admin") void remove(long id) { … }
 *
 *     @Post("/{id}/votes") @RolesAllowed(RolesAllowed.ANY_LOGIN) void vote(long id) { … }
 * }
 * }</pre>
 *
 * <p>Of this annotation, {@link PermitAll} and {@link DenyAll} the nearest counts: that of the method, else that of the
 * methods that it overrides or implements, else that of the class, of its superclasses, and then of their interfaces.
 * It may be on an annotation of your own, which then stands for it. Two that differ in one place are a startup fault.
 * The annotations of {@code jakarta.annotation.security} count in the same way.
 *
 * <p>It is checked among the filters, before those of {@link Priority#AUTHORIZATION}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RolesAllowed {
    /** In the place of a role: any login will do, whatever its roles. */
    String ANY_LOGIN = "**";

    /** The roles, one of which is enough. */
    String[] value();
}
