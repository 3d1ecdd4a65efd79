package dev.bistro;

import dev.bistro.controller.Dispatcher;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that also answers with pages of Bistro's own, such as its description and its metrics, at those of
 * their paths that it has no route for itself.
 */
final class OwnPages implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPages.class);

    private final Application application;
    private final Map<String, PageTarget> targets = new HashMap<>();

    /**
     * A page for GET and HEAD. Other methods are those of the application's routes at its path, or 405.
     *
     * @param name what it is, in the log
     * @param execution on which thread it is made
     * @param isGuarded whether the guard is asked before
     * @param answer may throw what refuses the request
     */
    record Page(
            String name, Execution execution, boolean isGuarded, Function<ServerRequest, Response<Payload>> answer) {
        /** A page for those whom the guard lets through, which takes its time. */
        static Page guarded(String name, Function<ServerRequest, Response<Payload>> answer) {
            return new Page(name, Execution.BLOCKING, true, answer);
        }

        /** A page for everybody. */
        static Page open(String name, Execution execution, Function<ServerRequest, Response<Payload>> answer) {
            return new Page(name, execution, false, answer);
        }

        /**
         * The page for everybody. It is made on the event loop unless that takes long, so that it is there while all
         * other threads are taken.
         */
        Page opened() {
            return isGuarded ? open(name, Execution.ADAPTIVE, answer) : this;
        }
    }

    /** @param others the methods of the application's own routes at a path */
    private OwnPages(
            Application application,
            Function<String, Set<Method>> others,
            Map<String, Page> pages,
            Consumer<ServerRequest> guard) {
        this.application = application;
        pages.forEach((path, page) -> targets.put(path, new PageTarget(application, page, guard, others.apply(path))));
    }

    /**
     * An application with these pages around it, by their paths.
     *
     * @param guard throws an {@link HttpException} for requests that may not see them
     */
    static Application around(
            Application application, Dispatcher dispatcher, Map<String, Page> pages, Consumer<ServerRequest> guard) {
        var free = new HashMap<>(pages);
        free.keySet().removeIf(path -> isTaken(path, dispatcher));
        return free.isEmpty()
                ? application
                : new OwnPages(
                        application,
                        path -> Set.copyOf(dispatcher.routesAt(path).keySet()),
                        free,
                        guard);
    }

    private static boolean isTaken(String path, Dispatcher dispatcher) {
        List<MatchedRoute> routes = dispatcher.routesAt(path).getOrDefault(Method.GET, List.of());
        routes.stream()
                .findFirst()
                .ifPresent(route -> LOG.info(
                        "{} is answered by the application's own route {}, and not by Bistro", path, route.template()));
        return !routes.isEmpty();
    }

    /** These pages and nothing else, for everybody. */
    static Application alone(Application nothing, Map<String, Page> pages) {
        var open = new HashMap<String, Page>();
        pages.forEach((path, page) -> open.put(path, page.opened()));
        return new OwnPages(nothing, path -> Set.of(), open, request -> {});
    }

    @Override
    public Target find(ServerRequest request) {
        Target found = application.find(request); // asked first, as it tells the request how logins are found
        PageTarget page = targets.get(request.path());
        return page == null || page.others.contains(request.method()) ? found : page;
    }

    @Override
    public List<Target> targets() {
        var all = new ArrayList<>(application.targets());
        all.addAll(targets.values());
        return all;
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return application.refuse(request, status, detail);
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return application.decorators();
    }

    /** @param others the methods of the application's own routes at the path */
    private record PageTarget(Application application, Page page, Consumer<ServerRequest> guard, Set<Method> others)
            implements Target {
        @Override
        public Response<Payload> answer(ServerRequest request) {
            try {
                if (page.isGuarded()) {
                    guard.accept(request);
                }
                if (request.method().equals(Method.OPTIONS)) {
                    return Response.<Payload>of(Status.NO_CONTENT, allow(), Payload.NONE)
                            .withoutBody();
                }
                requireRead(request.method());
                return page.answer().apply(request);
            } catch (HttpException refused) {
                return refusal(request, refused);
            } catch (RuntimeException fault) {
                LOG.error("[{}] {} can't be made", request.id(), page.name(), fault);
                return application.refuse(
                        Optional.of(request), Status.INTERNAL_SERVER_ERROR, page.name() + " can't be made");
            }
        }

        private void requireRead(Method method) {
            if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
                String detail = method + " is not allowed here.";
                throw new HttpException(Status.METHOD_NOT_ALLOWED, detail, allow(), List.of());
            }
        }

        /** What is allowed, as RFC 9110, section 15.5.6 wants it said. */
        private Headers allow() {
            Stream<Method> own = Stream.of(Method.GET, Method.HEAD, Method.OPTIONS);
            return Headers.of(
                    "Allow",
                    Stream.concat(own, others.stream())
                            .map(Method::name)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }

        /** With the header fields of the refusal, such as the challenge of 401. */
        private Response<Payload> refusal(ServerRequest request, HttpException refused) {
            Response<Payload> response = application.refuse(Optional.of(request), refused.status(), refused.detail());
            Headers further = refused.headers();
            for (int i = 0; i < further.size(); i++) {
                response = response.plusHeader(further.name(i), further.value(i));
            }
            return response;
        }

        @Override
        public Traits traits() {
            return new Traits(page.name(), page.execution(), BodyUse.IGNORED);
        }
    }
}
