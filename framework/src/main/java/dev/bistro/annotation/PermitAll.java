package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method, or each method of a controller, the sessions of a {@code @WebSocket} class, or the files of an
 * application class with {@code @StaticFiles}, is for everybody: where the class says {@link RolesAllowed}, or where
 * {@code security.default=deny} closes what says nothing.
 *
 * <pre>{@code
 * @Route("/account")
 * @RolesAllowed(RolesAllowed.ANY_LOGIN)
 * final class AccountController {
 *     @Post @PermitAll Response<?> register(NewAccount account) { … }
 * }
 * }</pre>
 *
 * <p>Of several that could count, the nearest does: {@link RolesAllowed} says how.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PermitAll {}
