package dev.bistro.app.inherited;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.http.Chain;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What stands on a controller's class counts for all of its methods, wherever they are declared; the nearest counts
 * where several say it.
 */
class InheritedClassAnnotationsTest {
    abstract static class Texts {
        @Get
        String list() {
            return "a";
        }

        @Post
        String add(String text) {
            return text;
        }

        @Get("/own")
        @Produces("text/html")
        @Status(203)
        String own() {
            return "own";
        }

        @Get("/failing")
        String failing() {
            throw new IllegalStateException("told");
        }

        @ExceptionHandler
        ProblemDetail failed(IllegalStateException fault) {
            return ProblemDetail.of(new dev.bistro.http.ConflictException(fault.getMessage()));
        }
    }

    @Route("/csv")
    @Produces("text/csv")
    @Consumes("text/csv")
    @Status(202)
    static class Csv extends Texts {
        @Override
        @Post
        String add(@dev.bistro.annotation.Body String text) {
            return text;
        }
    }

    @Route("/plain")
    static class Plain extends Texts {}

    @Produces("text/css")
    interface Styles {
        @Get
        default String style() {
            return "";
        }
    }

    @Route("/styles")
    static class OfStyles implements Styles {}

    @Route("/others")
    @Produces("text/csv")
    static class OfOthers implements Styles {}

    private static TestClient client(Class<?>... classes) {
        return TestClient.start(Bistro.app(InheritedClassAnnotationsTest.class).classes(classes));
    }

    @Test
    void theConcreteClassSaysMediaTypesAndStatusForInheritedMethods() {
        try (TestClient client = client(Csv.class, Plain.class, OfStyles.class, OfOthers.class)) {
            client.get("/csv").send().assertStatus(202).assertType("text/csv");
            client.get("/csv/own").send().assertStatus(203).assertType("text/html");
            client.get("/csv/failing").send().assertStatus(409);
            client.post("/csv").text("text/csv", "a,b").send().assertStatus(202).assertType("text/csv");
            client.post("/csv").text("text/plain", "a,b").send().assertStatus(415);
            client.get("/plain").send().assertStatus(200).assertType("text/plain");
            client.get("/styles").send().assertType("text/css");
            client.get("/others").send().assertType("text/csv");
        }
    }

    interface Passing {
        default Response<?> pass(Chain chain) {
            return chain.proceed(response -> response.withHeader("X-Passed", "yes"));
        }
    }

    @Filter
    static class Passes implements Passing {}

    @Test
    void aFilterMayHaveItsMethodFromAnInterface() {
        try (TestClient client = client(Plain.class, Passes.class)) {
            client.get("/plain").send().assertHeader("X-Passed", "yes");
        }
    }

    record Price(String of) {}

    interface Found<T> {}

    record One<T>(@dev.bistro.annotation.Body T it) implements Found<T> {}

    abstract static class Finding<T> {
        @Get
        One<T> one() {
            return new One<>(made());
        }

        abstract T made();
    }

    @Route("/prices")
    static class Prices extends Finding<Price> {
        @Override
        Price made() {
            return new Price("tea");
        }
    }

    @Test
    void aComponentThatIsTheBodyIsOfTheTypeThatItStandsFor() {
        try (TestClient client = client(Prices.class)) {
            assertEquals("{\"of\":\"tea\"}", client.get("/prices").send().text());
        }
    }

    record Named(@NotBlank String name) {}

    abstract static class Naming<T> {
        @Post
        String add(T one) {
            return "added";
        }

        @Post("/all")
        String addAll(List<T> all) {
            return "added";
        }
    }

    @Route("/names")
    static class Names extends Naming<Named> {}

    @Test
    void constraintsOfTheTypeThatAVariableStandsForAreChecked() {
        try (TestClient client = client(Names.class)) {
            client.post("/names").json("{\"name\":\"tea\"}").send().assertText("added");
            client.post("/names")
                    .json("{\"name\":\"\"}")
                    .send()
                    .assertStatus(422)
                    .assertProblemWith("/name");
            client.post("/names/all").json("[{\"name\":\"\"}]").send().assertStatus(422);
        }
    }

    @Test
    void aClassThatInheritsVerbsAndHasNoRouteIsAStartupFault() {
        class Forgotten extends Naming<Named> {}
        StartupException fault = assertThrows(StartupException.class, () -> client(Plain.class, Forgotten.class));
        assertEquals(
                List.of("handler-without-route"),
                fault.problems().stream().map(Problem::id).toList());
    }
}
