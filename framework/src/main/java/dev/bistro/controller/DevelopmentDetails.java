package dev.bistro.controller;

import dev.bistro.exception.ErrorDetails;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.routing.RouteEntry;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Suggestion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a developer is told with an error in development mode ({@code bistro.dev=true}): the routes that were nearly
 * meant, and the cause of a failure.
 */
final class DevelopmentDetails implements ErrorDetails {
    private static final int MAX_LINES = 100;
    private static final Set<Status> ABOUT_ROUTES =
            Set.of(Status.METHOD_NOT_ALLOWED, Status.NOT_ACCEPTABLE, Status.UNSUPPORTED_MEDIA_TYPE);

    private volatile RouteTable<RouteTarget> routes; // set once, before the first request

    /** Sets the routes to choose suggestions from. */
    void setRoutes(RouteTable<RouteTarget> table) {
        routes = table;
    }

    @Override
    public List<String> about(Request request, Throwable fault, Optional<Throwable> first) {
        if (fault instanceof RouteNotFoundException) {
            return nearest(request, true)
                    .or(() -> nearest(request, false))
                    .map(route -> List.of("Did you mean " + line(route) + "?"))
                    .orElse(List.of());
        }
        if (!(fault instanceof HttpException known) || known.status().code() >= 500) {
            return stackTrace(fault, first);
        }
        return ABOUT_ROUTES.contains(known.status()) ? matching(request, known.status()) : List.of();
    }

    private static List<String> stackTrace(Throwable fault, Optional<Throwable> first) {
        if (first.isEmpty()) {
            return stackTrace(fault).limit(MAX_LINES).toList();
        }
        Stream<String> suppressed = stackTrace(first.get()).map(line -> "    " + line);
        return Stream.of(
                        stackTrace(fault).limit(MAX_LINES / 2),
                        Stream.of("    Suppressed: " + first.get()),
                        suppressed.skip(1).limit(MAX_LINES / 2))
                .flatMap(lines -> lines)
                .toList();
    }

    private static Stream<String> stackTrace(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString().lines().map(line -> line.replace("\t", "    "));
    }

    /** The routes that match the path, each with the reason why it wasn't taken. */
    private List<String> matching(Request request, Status status) {
        return routes.matching(request.path()).stream()
                .map(route -> line(route) + why(route, request, status))
                .toList();
    }

    private static String why(RouteEntry<RouteTarget> route, Request request, Status status) {
        if (!route.method().equals(request.method())) {
            return ": another method than " + request.method();
        }
        if (status == Status.NOT_ACCEPTABLE) {
            return ": no media type that the request accepts";
        }
        List<MediaType> read = route.target().bodyTypes();
        return ": reads "
                + (read.isEmpty()
                        ? "other bodies"
                        : read.stream().map(MediaType::toString).collect(Collectors.joining(", ")));
    }

    /** The route whose template is nearest to the path once its variables have the values of the path. */
    private Optional<RouteEntry<RouteTarget>> nearest(Request request, boolean ofItsMethod) {
        var candidates = new LinkedHashMap<String, RouteEntry<RouteTarget>>();
        for (RouteEntry<RouteTarget> route : routes.routes()) {
            boolean ofMethod = !ofItsMethod || route.method().equals(request.method());
            String template = route.template().toString();
            if (ofMethod && isNear(template, request.path())) {
                candidates.putIfAbsent(filled(template, request.path(), true), route);
            }
        }
        return Suggestion.nearest(request.path(), candidates.keySet()).map(candidates::get);
    }

    /** Whether the literals of the template are near to the path: a long value of a variable doesn't count. */
    private static boolean isNear(String template, String path) {
        String literals = filled(template, path, false);
        return Suggestion.nearest(filled(path, template, false), List.of(literals))
                .isPresent();
    }

    /**
     * The segments of the first path; where either path has a variable, the other one's segment.
     *
     * @param withValues whether to take the other's segments; otherwise such segments are empty
     */
    private static String filled(String one, String other, boolean withValues) {
        String[] segments = one.split("/", -1);
        String[] others = other.split("/", -1);
        for (int i = 0; i < segments.length && i < others.length; i++) {
            if (segments[i].contains("{") || others[i].contains("{")) {
                segments[i] = withValues ? others[i] : "";
            }
        }
        return String.join("/", segments);
    }

    private static String line(RouteEntry<RouteTarget> route) {
        return route + " → "
                + route.target().describe().stream()
                        .map(RouteDescription::handler)
                        .collect(Collectors.joining(", "));
    }
}
