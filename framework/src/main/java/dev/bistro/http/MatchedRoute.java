package dev.bistro.http;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * The route that answers a request, as filters see it ({@link Request#route}): its path template and method, the
 * controller's method behind it, and what is declared there. It is made at startup, once for all requests of the route.
 *
 * <pre>{@code
 * @Route("/users")
 * final class UserController {
 *     @Delete("/{id}") @RequiresRole("admin") void remove(long id) { … }
 * }
 *
 * // in a filter, for DELETE /users/7:
 * MatchedRoute route = request.route().orElseThrow();
 * route.template();                                            // "/users/{id}"
 * route.annotation(RequiresRole.class).map(RequiresRole::value);   // Optional[admin]
 * }</pre>
 *
 * <p>Annotations are found where they are meant to count, also where Java itself inherits none. Nearest first:
 *
 * <ol>
 *   <li>on the controller's method
 *   <li>on the methods that it overrides or implements
 *   <li>on the controller's class
 *   <li>on its superclasses, and then on their interfaces
 * </ol>
 *
 * In each place the annotations that are written there come first, and then those that are written on these annotations
 * (meta-annotations): {@code @AdminsOnly} counts as {@code @RequiresRole("admin")} if its declaration has that. The
 * same reading decides which routes a {@code @Filter(annotatedWith = …)} is for.
 */
public interface MatchedRoute {
    /** The method that the route is declared for: GET also for a HEAD request that it answers. */
    Method method();

    /** The path template, with that of the class: {@code "/users/{id}"}. */
    String template();

    /**
     * The class of the controller or of the {@code @WebSocket}; empty for static files, and where controllers of
     * several classes answer at this route and none of them can answer this request (406, 415).
     */
    Optional<Class<?>> controller();

    /**
     * The controller's method; empty for static files and WebSockets, and where several methods answer at this route
     * and none of them can answer this request (406, 415).
     */
    Optional<java.lang.reflect.Method> handler();

    /**
     * The nearest annotation of a type, in the order above.
     *
     * @throws IllegalArgumentException if annotations of this type aren't kept at run time, so that none could ever be
     *     found
     */
    default <A extends Annotation> Optional<A> annotation(Class<A> type) {
        List<A> all = annotations(type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /**
     * All annotations of a type, in the order above; repeated ones in the order in which they are written. Where
     * several methods answer at this route and none of them can answer this request (406, 415), only the types that
     * each of them has are found.
     *
     * @throws IllegalArgumentException if annotations of this type aren't kept at run time, so that none could ever be
     *     found
     */
    <A extends Annotation> List<A> annotations(Class<A> type);
}
