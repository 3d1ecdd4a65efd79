package dev.bistro.controller;

import dev.bistro.annotation.Route;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.MethodBinder;
import dev.bistro.http.MediaType;
import dev.bistro.http.Target;
import dev.bistro.http.Target.BodyUse;
import dev.bistro.result.Representation;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes endpoints of controllers' methods. Used at startup, in two steps: {@link #inspect} looks at the classes and finds what is wrong,
 * before an object is made; {@link #routes} takes the objects.
 */
final class EndpointFactory {
    private final BinderFactory binders;
    private final ResultWriterFactory writers;
    private final ErrorMapper errors;
    private final Problems problems;
    private final List<Handler> handlers = new ArrayList<>();

    EndpointFactory(BinderFactory binders, ResultWriterFactory writers, ErrorMapper errors, Problems problems) {
        this.binders = binders;
        this.writers = writers;
        this.errors = errors;
        this.problems = problems;
    }

    /** Finds the handlers of a controller. */
    void inspect(Class<?> controller) {
        int before = handlers.size();
        int faults = problems.found().size();
        String prefix = controller.getAnnotation(Route.class).value();
        List<Method> methods = methods(controller);
        new HandlerAudit(problems).check(controller, methods);
        for (Method method : methods) {
            for (Verbs.Binding binding : Verbs.of(method)) {
                inspect(controller, prefix, method, binding);
            }
        }
        if (handlers.size() == before && problems.found().size() == faults) {
            problems.add(Problem.of("no-handlers", Place.name(controller) + " has no method that answers requests.")
                    .at(Place.of(controller))
                    .cure("Write @Get, @Post or another verb on a method, or take @Route off the class."));
        }
    }

    /** All methods, those of superclasses too, in an order that is the same at each start. */
    private static List<Method> methods(Class<?> controller) {
        var methods = new ArrayList<Method>();
        for (Class<?> type = controller; type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge() && !method.isSynthetic() && !isOverridden(method, methods)) {
                    methods.add(method);
                }
            }
        }
        methods.sort(Comparator.comparing(Method::getName).thenComparing(Method::toString));
        return methods;
    }

    private static boolean isOverridden(Method method, List<Method> below) {
        return below.stream()
                .anyMatch(other -> other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private void inspect(Class<?> controller, String prefix, Method method, Verbs.Binding binding) {
        Place place = Place.of(method);
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            String kind = Modifier.isStatic(method.getModifiers()) ? "static" : "private";
            problems.add(Problem.of("handler-not-callable", "A method that answers requests is " + kind + ".")
                    .at(place)
                    .cure("Take \"" + kind + "\" off: it is called on the controller, from outside of it."));
            return;
        }
        dev.bistro.http.Method verb = verb(binding, place);
        PathTemplate.parse(join(prefix, binding.path()), place, problems)
                .filter(template -> verb != null)
                .ifPresent(template -> add(verb, template, controller, method));
    }

    private void add(dev.bistro.http.Method verb, PathTemplate template, Class<?> controller, Method method) {
        MethodBinder binder = binders.create(method, verb, template.toString(), template.variableNames());
        List<Representation> representations = writers.representations(method);
        if (!representations.isEmpty()) {
            handlers.add(new Handler(verb, template, controller, method, binder, representations));
        }
    }

    private dev.bistro.http.Method verb(Verbs.Binding binding, Place place) {
        try {
            return dev.bistro.http.Method.of(binding.method());
        } catch (IllegalArgumentException notAToken) {
            problems.add(Problem.of("no-method", "@Route on a method names no request method.")
                    .at(place)
                    .cure("Write @Get, @Post or another verb; or for any other method @Route(value = \""
                            + binding.path() + "\", method = \"PURGE\")."));
            return null;
        }
    }

    /** A controller's path and a method's below it, with one slash between them. */
    static String join(String prefix, String path) {
        String above = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String below = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
        String joined = above + below;
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    /** The table of routes; empty of endpoints if anything is wrong, since no object is made then. */
    RouteTable<RouteTarget> routes(Function<Class<?>, Object> controllers) {
        RouteTable.Builder<RouteTarget> table = RouteTable.builder(problems);
        Map<String, List<Handler>> byRoute = new LinkedHashMap<>();
        handlers.forEach(handler -> byRoute.computeIfAbsent(handler.route(), route -> new ArrayList<>())
                .add(handler));
        byRoute.values().forEach(same -> new VariantAudit(same, problems).check());
        for (List<Handler> same : byRoute.values()) {
            Handler first = same.get(0);
            RouteTarget target = problems.isEmpty() ? target(same, controllers) : null;
            table.add(first.verb(), first.template(), target, first.place());
        }
        return table.build();
    }

    private RouteTarget target(List<Handler> same, Function<Class<?>, Object> controllers) {
        if (same.size() == 1 && same.get(0).isSimple()) {
            Handler only = same.get(0);
            Endpoint endpoint = endpoint(only, only.representations().get(0), controllers);
            return new SingleEndpoint(
                    target(only, endpoint),
                    only.binder().bodyTypes(),
                    only.place().text());
        }
        var variants = new ArrayList<Variant>();
        for (Handler handler : same) {
            for (Representation representation : handler.representations()) {
                Target target = target(handler, endpoint(handler, representation, controllers));
                variants.add(new Variant(
                        handler.consumes(),
                        representation.mediaType(),
                        target,
                        handler.place().text()));
            }
        }
        variants.sort(Comparator.comparing(EndpointFactory::isJson).reversed());
        return new EndpointGroup(variants, errors);
    }

    /** Who likes JSON and something else the same is a program. */
    private static boolean isJson(Variant variant) {
        return variant.produces().filter(MediaType.JSON::includes).isPresent();
    }

    private static Target target(Handler handler, Endpoint endpoint) {
        return handler.binder().takesForm() ? new FormTarget(endpoint, handler.binder()) : endpoint;
    }

    private Endpoint endpoint(Handler handler, Representation representation, Function<Class<?>, Object> controllers) {
        return new Endpoint(
                handler.binder(),
                Invoker.of(controllers.apply(handler.controller()), handler.method()),
                representation.writer(),
                errors,
                Executions.of(handler.controller(), handler.method()),
                bodyUse(handler.binder()));
    }

    private static BodyUse bodyUse(MethodBinder binder) {
        if (binder.streamsBody()) {
            return BodyUse.STREAM;
        }
        return binder.takesBody() ? BodyUse.WHOLE : BodyUse.IGNORED;
    }
}
