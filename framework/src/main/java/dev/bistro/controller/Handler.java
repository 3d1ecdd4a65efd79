package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.binding.MethodBinder;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Surrounding;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.limit.RouteLimits;
import dev.bistro.result.Representation;
import dev.bistro.routing.PathTemplate;
import dev.bistro.startup.Place;
import dev.bistro.types.ResolvedMethod;
import dev.bistro.validation.ConstraintCheck;
import java.util.List;
import java.util.Optional;

/** A controller's method for one route, with everything to call it but the controller. */
record Handler(
        Method verb,
        PathTemplate template,
        DeclaredRoute declared,
        ResolvedMethod method,
        MethodBinder binder,
        Optional<ConstraintCheck> constraints,
        List<Representation> representations,
        AccessRule access,
        RouteFilters filters,
        RouteLimits limits,
        Optional<Surrounding> surrounding) {
    /** Its route; handlers of the same route are told apart by media types. */
    String route() {
        return verb + " " + template;
    }

    /** The class of the controller. */
    Class<?> controller() {
        return method.hierarchy().type();
    }

    Place place() {
        return Place.of(method.method());
    }

    RouteDescription description() {
        return new RouteDescription(access, filters.names(), place().text());
    }

    /**
     * The media types or ranges of bodies that it reads, without parameters; {@code *}{@code /*} if it reads any, or
     * none.
     */
    List<MediaType> consumes() {
        return binder.bodyTypes().isEmpty()
                ? List.of(MediaType.ANY)
                : binder.bodyTypes().stream()
                        .map(type -> MediaType.of(type.type(), type.subtype()))
                        .distinct()
                        .toList();
    }

    /** The media types that it produces; empty in the place of one that isn't known beforehand. */
    List<Optional<MediaType>> produces() {
        return representations.stream().map(Representation::mediaType).toList();
    }

    /** Whether there is no media type to negotiate, and none to check before the call. */
    boolean isSimple() {
        return representations.size() == 1
                && (binder.checksBodyType() || binder.bodyTypes().isEmpty());
    }
}
