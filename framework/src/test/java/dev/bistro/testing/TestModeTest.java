package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The switch between the two ways in which tests go. */
class TestModeTest {
    private final String before = System.getProperty(TestClient.MODE);

    @Route("/")
    static class Greeting {
        @Get
        String greet() {
            return "Hello";
        }
    }

    private static BistroBuilder application() {
        return Bistro.app(TestModeTest.class).classes(Greeting.class);
    }

    @AfterEach
    void reset() {
        if (before == null) {
            System.clearProperty(TestClient.MODE);
        } else {
            System.setProperty(TestClient.MODE, before);
        }
    }

    @Test
    void opensNoSocketUnlessItIsToldTo() {
        System.clearProperty(TestClient.MODE);
        try (TestClient client = TestClient.start(application())) {
            client.get("/").send().assertText("Hello");
            assertThrows(IllegalStateException.class, () -> client.server().port());
        }
    }

    @Test
    void goesOverASocketIfItIsToldTo() throws Exception {
        System.setProperty(TestClient.MODE, "socket");
        try (TestClient client = TestClient.start(application())) {
            client.get("/").send().assertText("Hello");
            URI address = client.server().uri();
            var response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertEquals("Hello", response.body());
        }
    }

    @Test
    void saysWhichModesThereAre() {
        System.setProperty(TestClient.MODE, "sockets");
        BistroBuilder application = application();
        var fault = assertThrows(IllegalArgumentException.class, () -> TestClient.start(application));
        assertTrue(fault.getMessage().contains("process and socket"), fault.getMessage());
    }
}
