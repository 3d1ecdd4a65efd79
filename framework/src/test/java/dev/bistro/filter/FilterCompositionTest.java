package dev.bistro.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.Dispatcher;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Chain;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.startup.Problems;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How filters are put around targets at startup. */
class FilterCompositionTest {
    private static final List<String> WAY = new ArrayList<>();

    @Retention(RetentionPolicy.RUNTIME)
    @interface Guarded {}

    static class Noting {
        public Response<?> filter(Chain chain) {
            String name = getClass().getSimpleName();
            WAY.add(name);
            return chain.proceed(response -> {
                WAY.add("/" + name);
                return response;
            });
        }
    }

    @Filter("/guarded/{path*}")
    static class ByPath extends Noting {}

    @Filter(annotatedWith = Guarded.class)
    static class ByAnnotation extends Noting {}

    @Filter(value = "/guarded/{path*}", annotatedWith = Guarded.class)
    static class ByBoth extends Noting {}

    @Filter
    @Priority(7)
    static class Late extends Noting {}

    @Filter
    @Priority(-7)
    static class Early extends Noting {}

    @Filter
    @Priority(7)
    static class Latest extends Noting {}

    @Filter
    @Blocking
    static class Waiting extends Noting {}

    @Filter
    static class Quick {
        @NonBlocking
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    interface Api {
        @Guarded
        String declared();
    }

    @Guarded
    abstract static class Base {
        @Get("/inherited")
        String inherited() {
            return "";
        }
    }

    @Route("/below")
    static class Below extends Base {}

    @Route("/")
    static class Site implements Api {
        @Get("/plain")
        String plain() {
            return "";
        }

        @Get("/guarded/one")
        String guarded() {
            return "";
        }

        @Get("/guarded")
        String above() {
            return "";
        }

        @Get("/{section}/{page}")
        String any(String section, String page) {
            return "";
        }

        @Guarded
        @Get("/annotated")
        String annotated() {
            return "";
        }

        @Get("/declared")
        @Override
        public String declared() {
            return "";
        }

        @Guarded
        @Get("/guarded/both")
        @NonBlocking
        String both() {
            return "";
        }

        @Post("/stream")
        int stream(InputStream content) {
            return 0;
        }

        @Get("/varied")
        @Produces("text/plain")
        @Guarded
        String text() {
            return "";
        }

        @Get("/varied")
        @Produces("text/html")
        String html() {
            return "";
        }
    }

    private static Dispatcher dispatcher(Class<?>... filters) {
        var problems = new Problems();
        var factory = new DispatcherFactory(StandardCodecs.create(), problems);
        Arrays.asList(filters).forEach(factory::addFilter);
        Dispatcher dispatcher = factory.create(List.of(Site.class, Below.class), FilterCompositionTest::made);
        problems.throwIfAny();
        return dispatcher;
    }

    private static Object made(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerRequest request(String method, String path) {
        return ServerRequests.of(MockRequest.of(Method.of(method), path));
    }

    private static String way(Dispatcher dispatcher, ServerRequest request) {
        WAY.clear();
        dispatcher.find(request).answer(request);
        return String.join(" ", WAY);
    }

    @Test
    void aRouteWithoutFiltersIsTheEndpointItself() {
        Dispatcher none = dispatcher();
        Dispatcher others = dispatcher(ByPath.class, ByAnnotation.class);
        for (Dispatcher dispatcher : List.of(none, others)) {
            assertEquals(
                    "Endpoint",
                    dispatcher.find(request("GET", "/plain")).getClass().getSimpleName());
            assertEquals(
                    "Endpoint",
                    dispatcher.find(request("POST", "/stream")).getClass().getSimpleName());
        }
        assertEquals(
                "UnroutedTarget",
                none.find(request("GET", "/no/such/path")).getClass().getSimpleName());
        assertEquals(
                "UnroutedTarget",
                dispatcher(ByAnnotation.class)
                        .find(request("GET", "/no/such/path"))
                        .getClass()
                        .getSimpleName());
        assertTrue(none.targets().stream()
                .noneMatch(target -> target instanceof FilteredTarget || target instanceof PathGate));
    }

    @Test
    void looksAtPathsOnlyWhereARouteHasSeveralKinds() {
        Dispatcher dispatcher = dispatcher(ByPath.class);
        assertInstanceOf(FilteredTarget.class, dispatcher.find(request("GET", "/guarded/one")));
        assertInstanceOf(FilteredTarget.class, dispatcher.find(request("GET", "/guarded")));
        assertInstanceOf(PathGate.class, dispatcher.find(request("GET", "/a/b")));
        assertInstanceOf(PathGate.class, dispatcher.find(request("GET", "/no/such/path")));
    }

    @Test
    void findsTheSameTargetForEachRequest() {
        Dispatcher dispatcher = dispatcher(Early.class, ByPath.class);
        for (String path : List.of("/plain", "/guarded/one", "/a/b", "/no/such/path")) {
            Target first = dispatcher.find(request("GET", path));
            assertTrue(
                    first == dispatcher.find(request("GET", path))
                            && dispatcher.targets().contains(first),
                    path);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/plain,''",
        "/guarded/one,ByPath /ByPath",
        "/guarded,ByPath /ByPath",
        "/guarded/,ByPath /ByPath",
        "/guarded/two,ByPath /ByPath",
        "/%67uarded/two,ByPath /ByPath",
        "/unguarded/two,''",
        "/guarded/no/such/path,ByPath /ByPath",
        "/no/such/path,''",
        "/%FF,''",
        "/annotated,ByAnnotation /ByAnnotation",
        "/declared,ByAnnotation /ByAnnotation",
        "/below/inherited,ByAnnotation /ByAnnotation",
        "/guarded/both,ByAnnotation ByBoth ByPath /ByPath /ByBoth /ByAnnotation",
    })
    void isBoundToPathsAndAnnotations(String path, String way) {
        assertEquals(way, way(dispatcher(ByPath.class, ByAnnotation.class, ByBoth.class), request("GET", path)));
    }

    @Test
    void isOrderedByPriorityAndThenByName() {
        Dispatcher dispatcher = dispatcher(Latest.class, ByPath.class, Late.class, Early.class);
        assertEquals(
                "Early Late Latest ByPath /ByPath /Latest /Late /Early",
                way(dispatcher, request("GET", "/guarded/one")));
    }

    @Test
    void isForTheMethodThatIsChosenByMediaTypes() {
        Dispatcher dispatcher = dispatcher(ByAnnotation.class, Early.class);
        assertEquals("Early ByAnnotation /ByAnnotation /Early", way(dispatcher, accepting("text/plain")));
        assertEquals("Early /Early", way(dispatcher, accepting("text/html")));
        assertEquals("Early /Early", way(dispatcher, accepting("image/png")), "406: none of them is meant");
    }

    private static ServerRequest accepting(String mediaType) {
        return ServerRequests.of(MockRequest.get("/varied").header("Accept", mediaType));
    }

    @Test
    void runsWhereTheMethodDoesUnlessItWaits() {
        assertEquals(Execution.NON_BLOCKING, execution("/guarded/both"));
        assertEquals(Execution.NON_BLOCKING, execution("/guarded/both", Quick.class));
        assertEquals(Execution.ADAPTIVE, execution("/guarded/both", Early.class));
        assertEquals(Execution.BLOCKING, execution("/guarded/both", Waiting.class, Quick.class));
        assertEquals(Execution.ADAPTIVE, execution("/plain", Quick.class));
        assertEquals(Execution.BLOCKING, execution("/plain", Waiting.class));
        assertEquals(Execution.NON_BLOCKING, execution("/no/such/path", Quick.class));
        assertEquals(Execution.ADAPTIVE, execution("/no/such/path", Early.class));
        assertEquals(
                BodyUse.STREAM,
                dispatcher(Early.class)
                        .find(request("POST", "/stream"))
                        .traits()
                        .bodyUse());
    }

    private static Execution execution(String path, Class<?>... filters) {
        return dispatcher(filters).find(request("GET", path)).traits().execution();
    }

    @Test
    void describesTheWayOfRequests() {
        List<String> lines = dispatcher(ByPath.class, Early.class).describeRoutes().stream()
                .map(line -> line.replaceAll(" {2,}", "  "))
                .toList();
        String early = "FilterCompositionTest.Early → ";
        String byPath = "FilterCompositionTest.ByPath → ";
        String site = "FilterCompositionTest.Site.";
        assertTrue(lines.contains("GET  /plain  " + early + site + "plain()"), lines::toString);
        assertTrue(lines.contains("GET  /guarded/one  " + early + byPath + site + "guarded()"), lines::toString);
        assertTrue(
                lines.contains("GET  /{section}/{page}  " + early + "FilterCompositionTest.ByPath (/guarded/{path*}) → "
                        + site + "any(String, String)"),
                lines::toString);
        assertEquals(
                "*  *  " + early + "FilterCompositionTest.ByPath (/guarded/{path*}) → 404, 405 or OPTIONS",
                lines.get(lines.size() - 1));
    }
}
