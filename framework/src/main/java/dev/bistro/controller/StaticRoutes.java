package dev.bistro.controller;

import dev.bistro.access.AccessRule;
import dev.bistro.access.AccessRules;
import dev.bistro.access.LoginGuards;
import dev.bistro.assets.StaticFolder;
import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedLimits;
import dev.bistro.description.DescribedRoute;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.file.FileResponse;
import dev.bistro.filter.FilterFactory;
import dev.bistro.filter.RouteFilters;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.result.ResultDescription;
import dev.bistro.routing.PathGuards;
import dev.bistro.routing.PathTemplate;
import dev.bistro.routing.RouteTable;
import dev.bistro.startup.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the routes to folders of files, at startup. */
final class StaticRoutes {
    private final FilterFactory filters;
    private final AccessRules rules;
    private final LoginGuards guards;
    private final Problems problems;
    private final List<FolderRoute> routes = new ArrayList<>();

    private record FolderRoute(
            StaticFolder folder,
            PathTemplate template,
            DeclaredRoute declared,
            AccessRule access,
            RouteFilters filters) {}

    StaticRoutes(FilterFactory filters, AccessRules rules, LoginGuards guards, Problems problems) {
        this.filters = filters;
        this.rules = rules;
        this.guards = guards;
        this.problems = problems;
    }

    /** Adds a route to the folder's files, and one to its own path without a slash, unless a handler has that. */
    void inspect(StaticFolder folder, List<Handler> handlers) {
        rules.check(folder.application());
        String files = folder.path() + "/{" + StaticFolder.VARIABLE + "*}";
        boolean isFilesOnly = folder.path().isEmpty() || answersGet(folder.path(), handlers);
        (isFilesOnly ? Stream.of(files) : Stream.of(files, folder.path()))
                .flatMap(path -> PathTemplate.parse(path, folder.place(), problems).stream())
                .forEach(template -> routes.add(route(folder, template)));
    }

    private FolderRoute route(StaticFolder folder, PathTemplate template) {
        DeclaredRoute declared = DeclaredRoute.ofFiles(template.toString(), folder.application());
        AccessRule access = rules.of(declared, false, folder.place());
        RouteFilters around = filters.of(template, declared::carries).guardedBy(guards.of(access));
        return new FolderRoute(folder, template, declared, access, around);
    }

    private static boolean answersGet(String path, List<Handler> handlers) {
        return handlers.stream()
                .anyMatch(handler -> handler.verb().equals(Method.GET)
                        && handler.template().toString().equals(path));
    }

    void addRoutes(RouteTable.Builder<RouteTarget> table, PathGuards guards, ErrorMapper errors) {
        for (FolderRoute route : routes) {
            var endpoint = new StaticEndpoint(route.folder, guards, errors);
            RouteTarget target = SingleEndpoint.filtered(
                    endpoint, route.filters, route.access, route.folder.place(), route.declared);
            table.add(Method.GET, route.template, target, route.folder.place());
        }
    }

    /** Describes the routes. */
    Stream<DescribedRoute> describe() {
        return routes.stream().map(route -> {
            ResultDescription files = ResultDescription.ofFile(FileResponse.class, Optional.empty())
                    .of(Status.OK, Headers.empty())
                    .forRequests(Method.GET);
            var errors = new ArrayList<>(files.errors());
            errors.addAll(route.access.describeErrors());
            errors.addAll(route.filters.describeErrors());
            return new DescribedRoute(
                    DescribedRoute.Kind.FILES,
                    Method.GET,
                    route.template.describe(),
                    Optional.empty(),
                    Optional.empty(),
                    route.folder.place().toString(),
                    List.of(),
                    Optional.empty(),
                    files.responses(),
                    DescribedError.together(errors),
                    List.of(),
                    List.of(),
                    route.access.describe(),
                    DescribedLimits.NONE,
                    route.filters.describe(),
                    HandlerDescription.running(route.filters.execution(Execution.ADAPTIVE)),
                    false);
        });
    }
}
