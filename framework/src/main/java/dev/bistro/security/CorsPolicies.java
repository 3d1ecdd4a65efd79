package dev.bistro.security;

import dev.bistro.annotation.CrossOrigin;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.spi.ServerRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is declared about other origins for each request.
 *
 * <pre>
 *   its route has @CrossOrigin          what that says
 *   its route has none                  what the settings say, if the path is among theirs
 *   no route is chosen (404, 405, 406, 415, a redirect)
 *                                       what is said for the routes of this method and path, or else of this path;
 *                                       where no route is at the path, what the settings say
 * </pre>
 *
 * Made at startup. Immutable.
 */
public final class CorsPolicies {
    private final RouteLookup routes;
    private final Map<MatchedRoute, List<CorsPolicy>> declared = new HashMap<>();
    private final List<CorsPolicy> ofSettings;
    private final Optional<PathSet> paths;

    /**
     * Reads what is declared for the routes, where {@link CrossOriginAudit} has found nothing wrong.
     *
     * @param origins those of the settings, for annotations that name none
     * @param ofSettings what settings say for routes without an annotation
     * @param paths where they say it; empty for everywhere
     */
    public CorsPolicies(
            RouteLookup routes, AllowedOrigins origins, Optional<CorsPolicy> ofSettings, Optional<PathSet> paths) {
        this.routes = routes;
        this.ofSettings = ofSettings.stream().toList();
        this.paths = paths;
        for (MatchedRoute route : routes.all()) {
            declared.put(
                    route,
                    route.annotation(CrossOrigin.class).map(annotation -> CorsPolicy.of(annotation, origins)).stream()
                            .toList());
        }
    }

    /** Whether nothing is declared anywhere. */
    boolean areNone() {
        return ofSettings.isEmpty() && declared.values().stream().allMatch(List::isEmpty);
    }

    /** What is declared for a request: nothing, one policy, or several where it isn't known which route is meant. */
    List<CorsPolicy> of(ServerRequest request) {
        if (request.route().isPresent() && declared.containsKey(request.route().get())) {
            return of(request.route().get(), request.path());
        }
        return areNone() ? List.of() : at(request.method(), request.path());
    }

    private List<CorsPolicy> at(Method method, String path) {
        Map<Method, List<MatchedRoute>> at = routes.at(path);
        if (at.isEmpty()) {
            return ofSettings(path);
        }
        return at.containsKey(method)
                ? of(at.get(method), path)
                : of(at.values().stream().flatMap(List::stream).toList(), path);
    }

    /** What is declared for any of these routes, each policy once. */
    List<CorsPolicy> of(Collection<MatchedRoute> several, String path) {
        var policies = new LinkedHashSet<CorsPolicy>();
        several.forEach(route -> policies.addAll(of(route, path)));
        return new ArrayList<>(policies);
    }

    private List<CorsPolicy> of(MatchedRoute route, String path) {
        List<CorsPolicy> own = declared.getOrDefault(route, List.of());
        return own.isEmpty() ? ofSettings(path) : own;
    }

    /** What the settings say for a path. */
    List<CorsPolicy> ofSettings(String path) {
        return ofSettings.isEmpty() || paths.isPresent() && !paths.get().contains(path) ? List.of() : ofSettings;
    }
}
