package dev.bistro.controller;

import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Route;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.MethodBinder;
import dev.bistro.http.Target;
import dev.bistro.http.Target.BodyUse;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.ResultWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Constraints;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes endpoints of controllers' methods. Used at startup, in two steps: {@link #inspect} looks at the classes and finds what is wrong,
 * before an object is made; {@link #addRoutes} takes the objects.
 */
final class EndpointFactory {
    private final BinderFactory binders;
    private final ResultWriterFactory writers;
    private final ExceptionHandlers exceptions;
    private final Function<ExceptionTable, ErrorMapper> errors;
    private final Constraints constraints;
    private final Problems problems;
    private final List<Handler> handlers = new ArrayList<>();
    private Optional<RequestScope> requests = Optional.empty();

    /** A method and what it takes to call it, but for the object. */
    private record Handler(
            dev.bistro.http.Method verb,
            PathTemplate template,
            Class<?> controller,
            Method method,
            MethodBinder binder,
            Optional<ConstraintCheck> constraints,
            ResultWriter writer) {}

    /**
     * @param exceptions to which the controllers' own methods for exceptions are added
     * @param errors makes the mapper of a controller
     */
    EndpointFactory(
            BinderFactory binders,
            ResultWriterFactory writers,
            ExceptionHandlers exceptions,
            Function<ExceptionTable, ErrorMapper> errors,
            Constraints constraints,
            Problems problems) {
        this.binders = binders;
        this.writers = writers;
        this.exceptions = exceptions;
        this.constraints = constraints;
        this.errors = errors;
        this.problems = problems;
    }

    /** Has requests have objects of their own. */
    void setRequestScope(RequestScope scope) {
        requests = Optional.of(scope);
    }

    /** Finds the handlers of a controller. */
    void inspect(Class<?> controller) {
        int before = handlers.size();
        int faults = problems.found().size();
        exceptions.inspect(controller);
        String prefix = controller.getAnnotation(Route.class).value();
        for (Method method : methods(controller)) {
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
    static List<Method> methods(Class<?> controller) {
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
        if (!isCallable(method, problems)) {
            return;
        }
        Place place = Place.of(method);
        dev.bistro.http.Method verb = verb(binding, place);
        PathTemplate.parse(join(prefix, binding.path()), place, problems)
                .filter(template -> verb != null)
                .ifPresent(template -> add(verb, template, controller, method));
    }

    /** Whether a method can be called from outside of its object; a problem if it can't. */
    static boolean isCallable(Method method, Problems problems) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        boolean callable = !isStatic && !Modifier.isPrivate(method.getModifiers());
        if (!callable) {
            String kind = isStatic ? "static" : "private";
            problems.add(Problem.of("handler-not-callable", "A method that answers requests is " + kind + ".")
                    .at(Place.of(method))
                    .cure("Take \"" + kind + "\" off: it is called on the controller, from outside of it."));
        }
        return callable;
    }

    private void add(dev.bistro.http.Method verb, PathTemplate template, Class<?> controller, Method method) {
        if (method.isAnnotationPresent(ETag.class) && !verb.equals(dev.bistro.http.Method.GET)) {
            problems.add(Problem.of(
                            "useless-etag", "@ETag on a method is for conditional reads, and this is a " + verb + ".")
                    .at(Place.of(method))
                    .cure("Remove it. Take the version that the client has by @IfMatch, to guard a change."));
        }
        MethodBinder binder = binders.create(method, verb, template.toString(), template.variableNames());
        Optional<ConstraintCheck> check = constraints.of(controller, method);
        writers.create(method)
                .ifPresent(
                        writer -> handlers.add(new Handler(verb, template, controller, method, binder, check, writer)));
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

    /** Whether a controller answers GET requests for just this path. */
    boolean answersGet(String path) {
        return handlers.stream()
                .anyMatch(handler -> handler.verb.equals(dev.bistro.http.Method.GET)
                        && handler.template.toString().equals(path));
    }

    /** Adds the routes; without endpoints if anything is wrong, since no object is made then. */
    void addRoutes(RouteTable.Builder<Target> table, Function<Class<?>, Object> controllers) {
        for (Handler handler : handlers) {
            Target endpoint = problems.isEmpty() ? target(handler, controllers) : null;
            table.add(handler.verb, handler.template, endpoint, Place.of(handler.method));
        }
    }

    private Target target(Handler handler, Function<Class<?>, Object> objects) {
        Endpoint endpoint = endpoint(handler, objects);
        return requests.<Target>map(scope -> new ScopedTarget(endpoint, scope)).orElse(endpoint);
    }

    private Endpoint endpoint(Handler handler, Function<Class<?>, Object> objects) {
        return new Endpoint(
                handler.binder,
                invoker(handler, objects.apply(handler.controller)),
                handler.writer,
                errors.apply(exceptions.table(handler.controller, objects)),
                Executions.of(handler.controller, handler.method),
                bodyUse(handler.binder));
    }

    private static Invoker invoker(Handler handler, Object controller) {
        Invoker invoker = Invoker.of(controller, handler.method);
        if (handler.constraints.isEmpty()) {
            return invoker;
        }
        ConstraintCheck check = handler.constraints.get();
        check.tryOut(controller);
        return invoker.after(new ConstraintStep(check, controller, handler.binder)::check);
    }

    private static BodyUse bodyUse(MethodBinder binder) {
        if (binder.streamsBody()) {
            return BodyUse.STREAM;
        }
        return binder.takesBody() ? BodyUse.WHOLE : BodyUse.IGNORED;
    }
}
