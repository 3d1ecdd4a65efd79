package dev.bistro;

import dev.bistro.controller.Dispatcher;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
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
     * @param answer may throw what refuses the request
     */
    record Page(String name, Function<ServerRequest, Response<Payload>> answer) {}

    private OwnPages(
            Application application, Dispatcher dispatcher, Map<String, Page> pages, Consumer<ServerRequest> guard) {
        this.application = application;
        pages.forEach((path, page) -> {
            Set<Method> others = Set.copyOf(dispatcher.routesAt(path).keySet());
            targets.put(path, new PageTarget(application, page, guard, others));
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
        free.keySet().removeIf(path -> dispatcher.routesAt(path).containsKey(Method.GET));
        return free.isEmpty() ? application : new OwnPages(application, dispatcher, free, guard);
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
                guard.accept(request);
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
            return new Traits(page.name(), Execution.BLOCKING, BodyUse.IGNORED);
        }
    }
}
