package dev.bistro.security;

import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import java.util.List;
import java.util.Map;

/** The routes of the application, as far as they matter to pages of other origins. */
public interface RouteLookup {
    /** All routes that requests can be told of, as they are declared. */
    List<MatchedRoute> all();

    /**
     * The routes that answer at a path, by request method: HEAD as GET, where that answers it; several where handlers
     * are chosen by media types. Empty if no route is for the path, or if it is no path.
     *
     * @param path percent-encoded
     */
    Map<Method, List<MatchedRoute>> at(String path);
}
