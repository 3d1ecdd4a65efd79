package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class: makes it a controller, whose methods answer below this path template. On a method: binds it to a request
 * method that has no annotation of its own.
 *
 * <pre>{@code
 * @Route("/api/products")
 * final class ProductController {
 *     @Get("/{id}") Product find(long id) { … }                          // GET /api/products/42
 *     @Route(value = "/{id}", method = "PURGE") void purge(long id) { … }  // PURGE /api/products/42
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Route {
    /** The path template; empty for the root, or on a method for the controller's own path. */
    String value() default "";

    /** The request method, as it stands in the request line; only on a method, and there required. */
    String method() default "";
}
