package dev.bistro.health.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.body.json.StandardCodecs;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private static String statuses(List<Consumer<Readiness>> events) {
        var readiness = new Readiness();
        events.forEach(event -> event.accept(readiness));
        var pages = new HealthPages(
                new HealthChecks.Builder().build(),
                readiness,
                StandardCodecs.create().anyJson(),
                request -> false);
        return pages.live(null).status().code() + " "
                + pages.ready(null).status().code();
    }

    @Test
    void isAliveUnlessItHasFailedAndReadyWhileItTakesRequests() {
        Consumer<Readiness> open = Readiness::open;
        Consumer<Readiness> stop = readiness -> readiness.refuse("It is stopping");
        Consumer<Readiness> fail = Readiness::fail;
        assertEquals("200 503", statuses(List.of()));
        assertEquals("200 200", statuses(List.of(open)));
        assertEquals("200 503", statuses(List.of(open, stop)));
        assertEquals("200 503", statuses(List.of(stop, open)));
        assertEquals("503 503", statuses(List.of(open, fail)));
        assertEquals("503 503", statuses(List.of(fail, stop, open)));
    }
}
