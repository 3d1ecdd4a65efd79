package dev.bistro;

import dev.bistro.controller.Dispatcher;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.spi.Application;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.security.AllowedOrigins;
import dev.bistro.security.CorsPolicies;
import dev.bistro.security.CrossOriginAudit;
import dev.bistro.security.CrossSiteRule;
import dev.bistro.security.GuardedApplication;
import dev.bistro.security.PathSet;
import dev.bistro.security.RouteLookup;
import dev.bistro.startup.Problems;
import dev.bistro.startup.Unloadable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts around an application what the settings and annotations say about other origins.
 *
 * @param ofWebSockets further origins whose pages may open WebSockets
 */
record SecurityAssembly(SecuritySettings settings, AllowedOrigins ofWebSockets) {
    /** Reports what is wrong with annotations. */
    void check(ApplicationClasses found, Class<?> application, Problems problems) {
        var audit = new CrossOriginAudit(settings.cors().allowedOrigins(), problems);
        for (Class<?> type : found.controllers()) {
            Unloadable.guard(type, problems, () -> audit.check(type));
        }
        Set<Class<?>> others = new LinkedHashSet<>(List.of(application));
        others.addAll(found.components());
        for (Class<?> controller : found.controllers()) {
            others.removeIf(type -> type.isAssignableFrom(controller));
        }
        for (Class<?> type : others) {
            Unloadable.guard(type, problems, () -> audit.checkStray(type));
        }
    }

    /** The application with what is declared around it; for one without problems. */
    Application around(Dispatcher dispatcher) {
        var routes = new DispatcherRoutes(dispatcher);
        var policies = new CorsPolicies(
                routes,
                settings.cors().allowedOrigins(),
                settings.cors().policy(),
                settings.cors().pathSet());
        Optional<CrossSiteRule> rule = settings.csrf().enabled()
                ? Optional.of(new CrossSiteRule(
                        policies, ofWebSockets, PathSet.of(settings.csrf().trustedPaths())))
                : Optional.empty();
        return new GuardedApplication(
                dispatcher, routes, policies, rule, settings.headers().safeHeaders());
    }

    private record DispatcherRoutes(Dispatcher dispatcher) implements RouteLookup {
        @Override
        public List<MatchedRoute> all() {
            return dispatcher.declared();
        }

        @Override
        public Map<Method, List<MatchedRoute>> at(String path) {
            return dispatcher.routesAt(path);
        }
    }
}
