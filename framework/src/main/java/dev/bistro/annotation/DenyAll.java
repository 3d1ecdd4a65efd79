package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a method, or each method of a controller, the sessions of a {@code @WebSocket} class, or the files of an
 * application class with {@code @StaticFiles}, is for nobody: the answer is 403. On a class it closes all methods that
 * don't say {@link RolesAllowed} or {@link PermitAll} themselves:
 *
 * <pre>{@code
 * @Route("/ledger")
 * @DenyAll
 * final class LedgerController {
 *     @Get @RolesAllowed("auditor") List<Entry> list() { … }
 *
 *     @Post void book(Entry entry) { … }                  // 403 for everybody
 * }
 * }</pre>
 *
 * <p>Of several that could count, the nearest does: {@link RolesAllowed} says how.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface DenyAll {}
