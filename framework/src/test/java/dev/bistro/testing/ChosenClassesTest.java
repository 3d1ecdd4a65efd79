package dev.bistro.testing;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Classes that a test adds and leaves out. */
@BistroTest(
        value = ChosenClassesTest.class,
        classes = {ChosenClassesTest.Kept.class, ChosenClassesTest.LeftOut.class},
        add = ChosenClassesTest.Added.class,
        without = ChosenClassesTest.LeftOut.class)
class ChosenClassesTest {
    @Route("/kept")
    static final class Kept {
        @Get
        String get() {
            return "";
        }
    }

    @Route("/left-out")
    static final class LeftOut {
        @Get
        String get() {
            return "";
        }
    }

    @Route("/added")
    static final class Added {
        @Get
        String get() {
            return "";
        }
    }

    @Inject
    TestClient client;

    @Test
    void arePartOfTheApplicationOrNot() {
        client.get("/kept").send().assertStatus(200);
        client.get("/added").send().assertStatus(200);
        client.get("/left-out").send().assertStatus(404);
    }
}
