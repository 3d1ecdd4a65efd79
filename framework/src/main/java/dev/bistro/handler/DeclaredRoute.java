package dev.bistro.handler;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/** A route as it is declared: in a controller, a {@code @WebSocket} class, or by {@code @StaticFiles}. Immutable. */
public final class DeclaredRoute implements MatchedRoute {
    private final Method method;
    private final String template;
    private final Optional<Class<?>> controller;
    private final Optional<java.lang.reflect.Method> handler;
    private final RouteAnnotations annotations;

    private DeclaredRoute(
            Method method,
            String template,
            Optional<Class<?>> controller,
            Optional<java.lang.reflect.Method> handler,
            RouteAnnotations annotations) {
        this.method = method;
        this.template = template;
        this.controller = controller;
        this.handler = handler;
        this.annotations = annotations;
    }

    /** The route of a controller's method. */
    public static DeclaredRoute of(Method method, String template, ResolvedMethod handler) {
        return new DeclaredRoute(
                method,
                template,
                Optional.of(handler.hierarchy().type()),
                Optional.of(handler.method()),
                RouteAnnotations.of(handler));
    }

    /** The route of a {@code @WebSocket} class, by which its sessions are opened. */
    public static DeclaredRoute ofSocket(String template, Class<?> type) {
        return new DeclaredRoute(Method.GET, template, Optional.of(type), Optional.empty(), RouteAnnotations.of(type));
    }

    /** The route of a folder of files, with the annotations of the application class that declares it. */
    public static DeclaredRoute ofFiles(String template, Class<?> application) {
        return new DeclaredRoute(
                Method.GET, template, Optional.empty(), Optional.empty(), RouteAnnotations.of(application));
    }

    /** What the routes of several handlers for the same requests have in common, where none of these was chosen. */
    public static DeclaredRoute common(List<DeclaredRoute> routes) {
        DeclaredRoute first = routes.get(0);
        return new DeclaredRoute(
                first.method,
                first.template,
                first.controller.filter(
                        same -> routes.stream().allMatch(one -> one.controller.equals(first.controller))),
                first.handler.filter(same -> routes.stream().allMatch(one -> one.handler.equals(first.handler))),
                RouteAnnotations.common(
                        routes.stream().map(route -> route.annotations).toList()));
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String template() {
        return template;
    }

    @Override
    public Optional<Class<?>> controller() {
        return controller;
    }

    @Override
    public Optional<java.lang.reflect.Method> handler() {
        return handler;
    }

    @Override
    public <A extends Annotation> List<A> annotations(Class<A> type) {
        return annotations.all(type);
    }

    /** What is declared, by places too. */
    public RouteAnnotations annotations() {
        return annotations;
    }

    /** Whether there is an annotation of a type. */
    public boolean carries(Class<? extends Annotation> type) {
        return annotations.contains(type);
    }

    /** The method and the template: {@code GET /items/{id}}. */
    @Override
    public String toString() {
        return method + " " + template;
    }
}
