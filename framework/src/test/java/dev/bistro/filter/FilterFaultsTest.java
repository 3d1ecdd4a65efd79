package dev.bistro.filter;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Primary;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.http.Chain;
import dev.bistro.http.Headers;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.scan.ApplicationClasses;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.io.Reader;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the startup report says about filters. */
class FilterFaultsTest {
    private final Problems problems = new Problems();

    private void expect(String golden, Class<?>... classes) {
        ApplicationClasses found = ApplicationClasses.of(Arrays.asList(classes), problems);
        var factory = new DispatcherFactory(StandardCodecs.create(), problems);
        found.filters().forEach(factory::addFilter);
        factory.create(found.controllers(), type -> {
            throw new AssertionError("No object is made where something is wrong: " + type);
        });
        Golden.assertGolden(golden, problems);
    }

    // ---- what can't be a filter

    @Filter
    interface AnInterface {
        Response<?> filter(Request request, Chain chain);
    }

    @Filter
    abstract static class AnAbstractClass {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    class AnInnerClass {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Test
    void classesOfWhichNoObjectCanBeMade() {
        expect("not-a-filter", AnInterface.class, AnAbstractClass.class, AnInnerClass.class);
    }

    @Route("/")
    @Filter
    static class Both {
        @Get
        String get() {
            return "";
        }

        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Test
    void aControllerThatIsAFilter() {
        expect("filter-two-roles", Both.class);
    }

    // ---- its method

    @Filter
    static class WithoutMethod {
        Response<?> filter(Request request) {
            return Response.ok("");
        }
    }

    @Filter
    static class WithTwoMethods {
        Response<?> one(Request request, Chain chain) {
            return chain.proceed();
        }

        Response<?> two(Chain chain) {
            return helper(chain);
        }

        private Response<?> helper(Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    static class WithPrivateMethod {
        private Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    static class WithStaticMethod {
        static Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    static class WithOtherParameters {
        Response<?> filter(Request request, Chain chain, Headers headers, Request again) {
            return chain.proceed();
        }
    }

    @Filter
    static class WithoutResponse {
        void filter(Request request, Chain chain) {
            chain.proceed();
        }
    }

    @Filter
    static class WithUnwritableAnswers {
        Response<Reader> filter(Request request, Chain chain) {
            return Response.ok(Reader.nullReader());
        }
    }

    @Test
    void methodsThatCanNotFilter() {
        expect(
                "filter-methods",
                WithoutMethod.class,
                WithTwoMethods.class,
                WithPrivateMethod.class,
                WithStaticMethod.class,
                WithOtherParameters.class,
                WithoutResponse.class,
                WithUnwritableAnswers.class);
    }

    // ---- annotations that say nothing

    @Filter
    static class SaysTooMuch {
        @Produces("text/html")
        @Status(202)
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    @Blocking
    @NonBlocking
    static class Undecided {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Priority(1)
    static class NoFilter {}

    @Priority(1)
    @Primary
    @Route("/ranked")
    static class Ranked {
        @Get
        String get() {
            return "";
        }
    }

    /** Stands for {@code jakarta.annotation.Priority}. */
    static class Elsewhere {
        @Retention(RetentionPolicy.RUNTIME)
        @interface Priority {
            int value();
        }
    }

    @Filter
    @Elsewhere.Priority(1)
    static class WrongImport {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter
    static class Answers {
        @Get("/x")
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Test
    void annotationsThatSayNothing() {
        expect(
                "filter-annotations",
                Ranked.class,
                SaysTooMuch.class,
                Undecided.class,
                NoFilter.class,
                WrongImport.class,
                Answers.class);
    }

    // ---- what it is bound to

    @interface Forgotten {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Unused {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Audited {}

    @Route("/admin")
    static class Admin {
        @Get("/users/{id}")
        String user(long id) {
            return "";
        }

        @Get("/audit")
        @Audited
        String audit() {
            return "";
        }

        @Audited
        String lost() {
            return "";
        }
    }

    abstract static class Passing {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    @Filter("/amdin/{path*}")
    static class Misspelt extends Passing {}

    @Filter({"/admin/users/{id}", "/admin/user/{path*}"})
    static class HalfMisspelt extends Passing {}

    @Filter("/admin")
    static class NotBelow extends Passing {}

    @Filter("/quite/another")
    static class Elsewhen extends Passing {}

    @Filter({"/admin/{path*}/x", "/admin/**"})
    static class InvalidPath extends Passing {}

    @Filter(annotatedWith = Forgotten.class)
    static class ByForgotten extends Passing {}

    @Filter(annotatedWith = {Audited.class, Unused.class, Deprecated.class})
    static class ByUnused extends Passing {}

    @Filter(value = "/admin/users/{id}", annotatedWith = Audited.class)
    static class ByBoth extends Passing {}

    @Filter(annotatedWith = Audited.class)
    static class ByAudited extends Passing {}

    @WebSocket("/ws")
    @Audited
    static class Socket {
        @OnMessage
        @Audited
        void message(String text) {}
    }

    @Test
    void bindingsToAMethodOfAWebSocket() {
        expect("misplaced-binding", Socket.class, ByAudited.class);
    }

    @Test
    void bindingsToNothing() {
        expect(
                "filter-bindings",
                Admin.class,
                Misspelt.class,
                HalfMisspelt.class,
                NotBelow.class,
                Elsewhen.class,
                InvalidPath.class,
                ByForgotten.class,
                ByUnused.class,
                ByBoth.class);
    }
}
