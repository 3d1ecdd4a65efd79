package dev.bistro.testing;

import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Verbs;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.routing.PathTemplate;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.types.TypeNames;
import java.util.Arrays;
import java.util.List;

/** Finds the routes of controllers for {@link MockRequest}, by the same reading as a start. */
final class MockRoutes {
    private MockRoutes() {}

    static MatchedRoute find(Class<?> controller, String name, Class<?>[] parameters, Method verb) {
        Route route = controller.getAnnotation(Route.class);
        if (route == null) {
            throw new IllegalArgumentException(TypeNames.of(controller) + " has no @Route");
        }
        Method declared = verb.equals(Method.HEAD)
                        && find(controller, name, parameters, Method.HEAD, route)
                                .isEmpty()
                ? Method.GET
                : verb;
        List<MatchedRoute> found = find(controller, name, parameters, declared, route);
        if (found.size() != 1) {
            String what = TypeNames.of(controller) + "." + name;
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "There is no " + what + " that answers " + verb
                            : "There are several " + what + " that answer " + verb
                                    + ": give the types of the parameters too");
        }
        return found.get(0);
    }

    private static List<MatchedRoute> find(
            Class<?> controller, String name, Class<?>[] parameters, Method verb, Route route) {
        return ResolvedMethod.allOf(controller).stream()
                .filter(method -> method.method().getName().equals(name))
                .filter(method ->
                        parameters.length == 0 || Arrays.equals(method.method().getParameterTypes(), parameters))
                .flatMap(method -> Verbs.of(method.method()).stream()
                        .filter(binding -> binding.method().equals(verb.name()))
                        .<MatchedRoute>map(binding ->
                                DeclaredRoute.of(verb, PathTemplate.join(route.value(), binding.path()), method)))
                .toList();
    }

    static MatchedRoute ofSocket(Class<?> type) {
        WebSocket socket = type.getAnnotation(WebSocket.class);
        if (socket == null) {
            throw new IllegalArgumentException(TypeNames.of(type) + " has no @WebSocket");
        }
        return DeclaredRoute.ofSocket(PathTemplate.join("", socket.value()), type);
    }
}
