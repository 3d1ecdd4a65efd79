package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.Request;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the startup report says about methods that answer requests, or should. */
class HandlerFaultsTest {
    private final Problems problems = new Problems();

    private void expect(String golden, Class<?>... classes) {
        ApplicationClasses found = ApplicationClasses.of(Arrays.asList(classes), problems);
        new DispatcherFactory(StandardCodecs.create(), problems).create(found.controllers(), type -> null);
        Golden.assertGolden(golden, problems);
    }

    static class Forgotten {
        @Get("/items")
        String list() {
            return "";
        }
    }

    @Test
    void handlersOfAClassWithoutRoute() {
        expect("handler-without-route", Forgotten.class);
    }

    @Route("/inherits")
    static class Inherits extends Forgotten {}

    @Test
    void theSuperclassOfAControllerNeedsNoRoute() {
        ApplicationClasses found = ApplicationClasses.of(List.of(Forgotten.class, Inherits.class), problems);
        new DispatcherFactory(StandardCodecs.create(), problems).create(found.controllers(), type -> new Inherits());
        assertEquals(List.of(), problems.found());
    }

    @Route("/")
    static class Lost {
        @Get
        String list() {
            return "";
        }

        @Produces("text/html")
        @Status(202)
        String page() {
            return "";
        }

        @Header(name = "X-A", value = "1")
        @Header(name = "X-B", value = "2")
        void headers() {}
    }

    @Test
    void annotationsOnAMethodThatIsNoHandler() {
        expect("annotation-without-verb", Lost.class);
    }

    interface ItemApi {
        @Get("/{id}")
        String find(long id);
    }

    static class Base {
        @Post
        void add() {}
    }

    @Route("/items")
    static class Overrides extends Base implements ItemApi {
        @Override
        public String find(long id) {
            return "";
        }

        @Override
        void add() {}
    }

    @Test
    void handlersThatAreOverriddenWithoutTheirAnnotations() {
        expect("overridden-handler", Overrides.class);
    }

    interface SavingApi<T> {
        @Post
        @Status(201)
        @Header(name = "X-A", value = "1")
        String save(@HeaderParam("X-On") T on);

        @ExceptionHandler
        @Status(409)
        void failed(IllegalStateException fault);
    }

    @Route("/orders")
    static class Saving implements SavingApi<String> {
        @Override
        @Put("/new")
        public String save(String on) {
            return on;
        }

        @Override
        public void failed(IllegalStateException fault) {}
    }

    @Test
    void annotationsThatAreLostSinceAMethodIsOverridden() {
        expect("overridden-annotation", Saving.class);
    }

    abstract static class Crud<T> {
        @Post
        void add(T item) {}

        @Post("/all")
        void addAll(List<T> items) {}
    }

    @Route("/raw")
    @SuppressWarnings("rawtypes")
    static class RawOrders extends Crud {
        @Post("/bare")
        void addBare(@Body List items) {}

        @Post("/own")
        <X> void addOwn(X item) {}
    }

    @Test
    void typesThatAreNotKnown() {
        expect("open-type", RawOrders.class);
    }

    @Route("/")
    static class Undecided {
        @Get
        @Blocking
        @NonBlocking
        String list() {
            return "";
        }
    }

    @Test
    void twoExecutions() {
        expect("two-executions", Undecided.class);
    }

    @Route("/")
    static class Regexes {
        @Get("/{id:([a-z]+)*}")
        String find(String id) {
            return id;
        }
    }

    @Test
    void unsafeRegex() {
        expect("unsafe-regex", Regexes.class);
    }

    record Item(String name) {}

    @Route("/items")
    static class Alike {
        @Get
        Item one() {
            return new Item("");
        }

        @Get
        @Produces({"text/plain", "application/json"})
        String other() {
            return "";
        }

        @Post
        @Consumes("application/json")
        void add(Item item) {}

        @Post
        @Consumes({"text/csv", "application/json"})
        String addToo(@dev.bistro.annotation.Body String item) {
            return "";
        }
    }

    @Test
    void methodsThatCanNotBeToldApart() {
        expect("duplicate-route-alike", Alike.class);
    }

    @Route("/items")
    static class Unknown {
        @Get
        Path file() {
            return Path.of("a");
        }

        @Get
        @Produces("text/plain")
        String text() {
            return "";
        }
    }

    @Test
    void methodsOfWhichOneMayProduceAnything() {
        expect("duplicate-route-unknown", Unknown.class);
    }

    @Route("/items")
    static class Named {
        @Get("/{id}")
        Item json(String id) {
            return new Item(id);
        }

        @Get("/{name}")
        @Produces("text/plain")
        String text(String name) {
            return name;
        }
    }

    @Test
    void methodsOfOneRouteNameItsVariablesAlike() {
        expect("duplicate-route-names", Named.class);
    }

    @Route("/")
    static class Useless {
        @Get
        @Consumes("application/json")
        String list() {
            return "";
        }

        @Post
        @Consumes("application/json")
        String add(Request request) {
            return "";
        }
    }

    @Test
    void consumesWithoutABody() {
        expect("useless-consumes", Useless.class);
    }
}
