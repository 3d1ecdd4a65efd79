package dev.bistro.controller;

import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Route;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.MethodBinder;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.exception.ExceptionTable;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.filter.ScopedTarget;
import dev.bistro.handler.Executions;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.handler.Invoker;
import dev.bistro.handler.OverrideAudit;
import dev.bistro.handler.RouteAnnotations;
import dev.bistro.handler.Verbs;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http.spi.Target.Traits;
import dev.bistro.inject.RequestScope;
import dev.bistro.result.Representation;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Constraints;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes endpoints of controllers' methods. Used at startup, in two steps: {@link #inspect} looks at the classes and finds what is wrong,
 * before an object is made; {@link #addRoutes} takes the objects.
 */
public final class EndpointFactory {
    private final BinderFactory binders;
    private final ResultWriterFactory writers;
    private final ExceptionHandlers exceptions;
    private final Function<ExceptionTable, ErrorMapper> errors;
    private final Constraints constraints;
    private final FilterFactory filters;
    private final Problems problems;
    private final List<Handler> handlers = new ArrayList<>();
    private Optional<RequestScope> requests = Optional.empty();

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
            FilterFactory filters,
            Problems problems) {
        this.binders = binders;
        this.writers = writers;
        this.exceptions = exceptions;
        this.constraints = constraints;
        this.errors = errors;
        this.filters = filters;
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
        List<ResolvedMethod> methods = ResolvedMethod.allOf(controller);
        new HandlerAudit(problems, filters.annotations()).check(methods);
        for (ResolvedMethod method : methods) {
            for (Verbs.Binding binding : Verbs.of(method.method())) {
                inspect(prefix, method, binding);
            }
        }
        if (handlers.size() == before && problems.found().size() == faults) {
            problems.add(Problem.of("no-handlers", Place.name(controller) + " has no method that answers requests.")
                    .at(Place.of(controller))
                    .cure("Write @Get, @Post or another verb on a method, or take @Route off the class."));
        }
    }

    private void inspect(String prefix, ResolvedMethod method, Verbs.Binding binding) {
        if (!isCallable(method.method(), problems) || !HandlerAudit.isKnown(method, problems)) {
            return;
        }
        Place place = Place.of(method.method());
        dev.bistro.http.Method verb = verb(binding, place);
        PathTemplate.parse(PathTemplate.join(prefix, binding.path()), place, problems)
                .filter(template -> verb != null)
                .ifPresent(template -> add(verb, template, method));
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

    private void add(dev.bistro.http.Method verb, PathTemplate template, ResolvedMethod method) {
        if (method.method().isAnnotationPresent(ETag.class) && !verb.equals(dev.bistro.http.Method.GET)) {
            problems.add(Problem.of(
                            "useless-etag", "@ETag on a method is for conditional reads, and this is a " + verb + ".")
                    .at(Place.of(method.method()))
                    .cure("Remove it. Take the version that the client has by @IfMatch, to guard a change."));
        }
        RouteFilters around = filters.of(template, RouteAnnotations.of(method));
        MethodBinder binder = binders.create(method, verb, template.toString(), template.variableNames());
        new OverrideAudit(problems).checkParameters(method, binder.takesBody());
        Optional<ConstraintCheck> check = constraints.of(method, parameter -> parameter == binder.bodyParameter());
        List<Representation> representations = writers.representations(method);
        if (!representations.isEmpty()) {
            handlers.add(new Handler(verb, template, method, binder, check, representations, around));
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

    /** Whether a controller answers GET requests for just this path. */
    boolean answersGet(String path) {
        return handlers.stream()
                .anyMatch(handler -> handler.verb().equals(dev.bistro.http.Method.GET)
                        && handler.template().toString().equals(path));
    }

    /** Adds the routes; without endpoints if anything is wrong, since no object is made then. */
    void addRoutes(RouteTable.Builder<RouteTarget> table, Function<Class<?>, Object> controllers) {
        Map<String, List<Handler>> byRoute = new LinkedHashMap<>();
        handlers.forEach(handler -> byRoute.computeIfAbsent(handler.route(), route -> new ArrayList<>())
                .add(handler));
        byRoute.values().forEach(same -> new VariantAudit(same, problems).check());
        for (List<Handler> same : byRoute.values()) {
            Handler first = same.get(0);
            RouteTarget target = problems.isEmpty() ? target(same, controllers) : null;
            table.add(first.verb(), first.template(), target, first.place());
        }
    }

    private RouteTarget target(List<Handler> same, Function<Class<?>, Object> controllers) {
        if (same.size() == 1 && same.get(0).isSimple()) {
            Handler only = same.get(0);
            Endpoint endpoint = endpoint(only, only.representations().get(0), controllers);
            return new SingleEndpoint(target(only, endpoint), only.binder().bodyTypes(), only.line());
        }
        var variants = new ArrayList<EndpointVariant>();
        for (Handler handler : inPreference(same)) {
            for (Representation representation : handler.representations()) {
                Endpoint endpoint = endpoint(handler, representation, controllers);
                // Filters see it; and it is there again if one of them has replaced it.
                Target target = target(handler, isVaried(handler, same) ? new VaryingTarget(endpoint) : endpoint);
                variants.add(
                        new EndpointVariant(handler.consumes(), representation.mediaType(), target, handler.line()));
            }
        }
        return new EndpointGroup(variants, new Refusals(errors(same.get(0), controllers), common(same)));
    }

    /** Whether what the client accepts has a say in it: there is another answer to the same bodies. */
    private static boolean isVaried(Handler handler, List<Handler> same) {
        return handler.representations().size() > 1
                || same.stream()
                        .filter(other -> other != handler)
                        .anyMatch(other -> other.consumes().stream().anyMatch(handler.consumes()::contains));
    }

    /** The filters that a request of the route has, whichever of its handlers would be meant. */
    private RouteFilters common(List<Handler> same) {
        return filters.of(
                same.get(0).template(),
                annotation -> same.stream()
                        .map(handler -> RouteAnnotations.of(handler.method()))
                        .allMatch(carries -> carries.test(annotation)));
    }

    /** Who likes JSON and something else the same is a program; after it come the others, by the names of their media types. */
    private static List<Handler> inPreference(List<Handler> handlers) {
        var sorted = new ArrayList<>(handlers);
        sorted.sort(Comparator.<Handler, Boolean>comparing(handler -> !MediaType.JSON.includes(firstType(handler)))
                .thenComparing(handler -> firstType(handler).toString()));
        return sorted;
    }

    private static MediaType firstType(Handler handler) {
        return handler.produces().get(0).orElse(MediaType.ANY);
    }

    private Target target(Handler handler, Target endpoint) {
        Target target = handler.binder().takesForm() ? new FormTarget(endpoint, handler.binder()) : endpoint;
        Target filtered = handler.filters().around(target);
        return requests.<Target>map(scope -> new ScopedTarget(filtered, scope)).orElse(filtered);
    }

    private Endpoint endpoint(Handler handler, Representation representation, Function<Class<?>, Object> controllers) {
        Object controller = controllers.apply(handler.controller());
        return new Endpoint(
                arguments(handler, controller),
                Invoker.of(controller, handler.method().method()),
                representation.writer(),
                errors(handler, controllers),
                new Traits(handler.place().text(), Executions.of(handler.method()), bodyUse(handler.binder())));
    }

    private ErrorMapper errors(Handler handler, Function<Class<?>, Object> controllers) {
        return errors.apply(exceptions.table(handler.controller(), controllers));
    }

    private static Function<Request, Object[]> arguments(Handler handler, Object controller) {
        if (handler.constraints().isEmpty()) {
            return handler.binder()::bind;
        }
        ConstraintCheck check = handler.constraints().get();
        check.tryOut(controller);
        return new ConstraintStep(check, controller, handler.binder())::bind;
    }

    private static BodyUse bodyUse(MethodBinder binder) {
        if (binder.streamsBody()) {
            return BodyUse.STREAM;
        }
        return binder.takesBody() ? BodyUse.WHOLE : BodyUse.IGNORED;
    }
}
