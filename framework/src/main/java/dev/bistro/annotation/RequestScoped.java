package dev.bistro.annotation;

import jakarta.inject.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class or a {@link Bean} method: gives each request its own object. It is made when the request's handler or a
 * filter first asks for it, may have the {@code Request} injected, and is closed at the end of the request if it is
 * {@code AutoCloseable}.
 *
 * <pre>{@code
 * @RequestScoped
 * final class Cart {
 *     @Inject Cart(Request request) { … }
 * }
 *
 * @Route("/cart")
 * final class CartController {
 *     @Inject CartController(Provider<Cart> cart) { … }   // there is one controller for all requests: it asks in each
 * }
 * }</pre>
 */
@Scope
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequestScoped {}
