package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.access.AccessRules;
import dev.bistro.access.LoginGuards;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Route;
import dev.bistro.binding.BinderFactory;
import dev.bistro.binding.MethodBinder;
import dev.bistro.exception.ExceptionHandlers;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.HandlerAudit;
import dev.bistro.handler.OverrideAudit;
import dev.bistro.handler.Surrounding;
import dev.bistro.handler.Surroundings;
import dev.bistro.handler.Verbs;
import dev.bistro.http.Method;
import dev.bistro.limit.BodyKind;
import dev.bistro.limit.LimitFactory;
import dev.bistro.limit.RouteLimits;
import dev.bistro.result.Representation;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.validation.ConstraintCheck;
import dev.bistro.validation.Constraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the handlers of controllers and what is wrong with them, at startup, before an object is made. */
final class ControllerInspector {
    private final BinderFactory binders;
    private final ResultWriterFactory writers;
    private final ExceptionHandlers exceptions;
    private final Constraints constraints;
    private final FilterFactory filters;
    private final LimitFactory limits;
    private final AccessRules rules;
    private final LoginGuards guards;
    private final Surroundings surroundings;
    private final Problems problems;
    private final List<Handler> handlers = new ArrayList<>();

    /** @param exceptions to which the controllers' own methods for exceptions are added */
    ControllerInspector(
            BinderFactory binders,
            ResultWriterFactory writers,
            ExceptionHandlers exceptions,
            Constraints constraints,
            FilterFactory filters,
            LimitFactory limits,
            AccessRules rules,
            LoginGuards guards,
            Surroundings surroundings,
            Problems problems) {
        this.binders = binders;
        this.writers = writers;
        this.exceptions = exceptions;
        this.constraints = constraints;
        this.filters = filters;
        this.limits = limits;
        this.rules = rules;
        this.guards = guards;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** The handlers that were found so far. */
    List<Handler> handlers() {
        return handlers;
    }

    /** Finds the handlers of a controller. */
    void inspect(Class<?> controller) {
        int before = handlers.size();
        int faults = problems.found().size();
        exceptions.inspect(controller);
        rules.check(controller);
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
        String what = "A method that answers requests";
        if (!HandlerAudit.isCallable(method.method(), what, "the controller", problems)
                || !HandlerAudit.isKnown(method, problems)) {
            return;
        }
        Place place = Place.of(method.method());
        Optional<Method> verb = verb(binding, place);
        PathTemplate.parse(PathTemplate.join(prefix, binding.path()), place, problems)
                .ifPresent(template -> verb.ifPresent(known -> add(known, template, method)));
    }

    private Optional<Method> verb(Verbs.Binding binding, Place place) {
        try {
            return Optional.of(Method.of(binding.method()));
        } catch (IllegalArgumentException notAToken) {
            problems.add(Problem.of("no-method", "@Route on a method names no request method.")
                    .at(place)
                    .cure("Write @Get, @Post or another verb; or for any other method @Route(value = \""
                            + binding.path() + "\", method = \"PURGE\")."));
            return Optional.empty();
        }
    }

    private void add(Method verb, PathTemplate template, ResolvedMethod method) {
        if (method.method().isAnnotationPresent(ETag.class) && !verb.equals(Method.GET)) {
            problems.add(Problem.of(
                            "useless-etag", "@ETag on a method is for conditional reads, and this is a " + verb + ".")
                    .at(Place.of(method.method()))
                    .cure("Remove it. Take the version that the client has by @IfMatch, to guard a change."));
        }
        DeclaredRoute route = DeclaredRoute.of(verb, template.toString(), method);
        MethodBinder binder = binders.create(method, verb, template.toString(), template.variableNames());
        RouteLimits limited = limits.of(route, method, bodyKind(binder));
        AccessRule access = rules.of(route, binder.takesLogin(), Place.of(method.method()));
        RouteFilters around = filters.of(template, route::carries)
                .guardedBy(guards.of(access, binder.asksForLogin()))
                .with(limited.links());
        new OverrideAudit(problems).checkParameters(method, binder.takesBody());
        Optional<ConstraintCheck> check = constraints.of(method, parameter -> parameter == binder.bodyParameter());
        List<Representation> representations = writers.representations(method);
        Optional<Surrounding> surrounding = surroundings.of(route, method, binder.streamsBody());
        if (!representations.isEmpty()) {
            handlers.add(new Handler(
                    verb,
                    template,
                    route,
                    method,
                    binder,
                    check,
                    representations,
                    access,
                    around,
                    limited,
                    surrounding));
        }
    }

    private static BodyKind bodyKind(MethodBinder binder) {
        if (!binder.takesBody()) {
            return BodyKind.NONE;
        }
        if (binder.takesForm()) {
            return binder.streamsBody() ? BodyKind.FORM_WITH_FILES : BodyKind.FORM;
        }
        return binder.streamsBody() ? BodyKind.STREAM : BodyKind.WHOLE;
    }
}
