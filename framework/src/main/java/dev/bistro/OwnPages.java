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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that also answers with pages of Bistro's own, such as its description and its metrics, at those of
 * their paths that it has no route for itself.
 */
final class OwnPages implements Application {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPages.class);

    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final Application application;
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, Target> otherMethods = new HashMap<>();

    /**
     * A page for GET and HEAD.
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

        /** What answers the methods that the page isn't for, to those who may see it: RFC 9110, section 15.5.6. */
        Page forOtherMethods() {
            return new Page(name, isGuarded ? execution : Execution.NON_BLOCKING, isGuarded, request -> {
                if (request.method().equals(Method.OPTIONS)) {
                    return Response.noContent().withHeader("Allow", METHODS).withoutBody();
                }
                throw new HttpException(
                        Status.METHOD_NOT_ALLOWED,
                        request.method() + " is not allowed here; " + METHODS + " are.",
                        Headers.of("Allow", METHODS),
                        List.of());
            });
        }
    }

    /** @param isShared whether the application has routes for other methods of a path */
    private OwnPages(
            Application application,
            Map<String, Page> pages,
            Consumer<ServerRequest> guard,
            Predicate<String> isShared) {
        this.application = application;
        pages.forEach((path, page) -> {
            targets.put(path, new PageTarget(application, page, guard));
            if (!isShared.test(path)) {
                otherMethods.put(path, new PageTarget(application, page.forOtherMethods(), guard));
            }
        });
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
                : new OwnPages(application, free, guard, path -> hasRoutes(path, dispatcher));
    }

    private static boolean isTaken(String path, Dispatcher dispatcher) {
        List<MatchedRoute> routes = dispatcher.routesAt(path).getOrDefault(Method.GET, List.of());
        routes.stream()
                .findFirst()
                .ifPresent(route -> LOG.info(
                        "{} is answered by the application's own route {}, and not by Bistro", path, route.template()));
        return !routes.isEmpty();
    }

    private static boolean hasRoutes(String path, Dispatcher dispatcher) {
        return dispatcher.routesAt(path).values().stream().anyMatch(routes -> !routes.isEmpty());
    }

    /** These pages and nothing else, for everybody. */
    static Application alone(Application nothing, Map<String, Page> pages) {
        var open = new HashMap<String, Page>();
        pages.forEach((path, page) -> open.put(path, page.opened()));
        return new OwnPages(nothing, open, request -> {}, path -> false);
    }

    @Override
    public Target find(ServerRequest request) {
        Target found = application.find(request); // asked first, as it tells the request how logins are found
        boolean isRead = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
        return (isRead ? targets : otherMethods).getOrDefault(request.path(), found);
    }

    @Override
    public List<Target> targets() {
        var all = new ArrayList<>(application.targets());
        all.addAll(targets.values());
        all.addAll(otherMethods.values());
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

    private record PageTarget(Application application, Page page, Consumer<ServerRequest> guard) implements Target {
        @Override
        public Response<Payload> answer(ServerRequest request) {
            try {
                if (page.isGuarded()) {
                    guard.accept(request);
                }
                return page.answer().apply(request);
            } catch (HttpException refused) {
                return refusal(request, refused);
            } catch (RuntimeException fault) {
                LOG.error("[{}] {} can't be made", request.id(), page.name(), fault);
                return application.refuse(
                        Optional.of(request), Status.INTERNAL_SERVER_ERROR, page.name() + " can't be made");
            }
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
