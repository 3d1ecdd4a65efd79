/**
 * The annotations that users write on their classes, methods and parameters. API. Nothing comes in and nothing goes
 * out: other rooms read them, once, at startup.
 *
 * <p>Begin with {@link dev.bistro.annotation.Route} and {@link dev.bistro.annotation.Get} (a controller and its
 * methods), then {@link dev.bistro.annotation.QueryParam} (where a parameter comes from) and
 * {@link dev.bistro.annotation.Status} (what goes out).
 */
package dev.bistro.annotation;
