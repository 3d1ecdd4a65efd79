package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.config.ByteSize;
import dev.bistro.config.Secret;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Limits whose values are settings. */
@org.junit.jupiter.api.Timeout(60)
class LimitSettingsTest {
    @Config("shop")
    record Shop(
            Optional<ByteSize> maxImage,
            Optional<String> rate,
            Optional<Duration> reportTimeout,
            Optional<Secret> password) {}

    @Route("/")
    static final class Limited {
        @Put("/image")
        @MaxBody("${shop.max-image:8B}")
        long image(InputStream image) throws IOException {
            return image.transferTo(OutputStream.nullOutputStream());
        }

        @Post("/note")
        @MaxBody("${shop.max-image:8B}")
        @RateLimit("${shop.rate:1000/h}")
        String note(@Body String text) {
            return text;
        }

        @Get("/report")
        @Timeout("${shop.report-timeout:1h}")
        String report() throws InterruptedException {
            new CountDownLatch(1).await();
            return "";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        @RateLimit("${shop.rate:1000/h}")
        String say(String text) {
            return text;
        }
    }

    @Route("/unset")
    static final class Unset {
        @Post
        @MaxBody("${shop.max-imge}")
        @RateLimit("${shop.rate")
        void note(@Body String text) {}

        @Get
        @Timeout("${shop.password}")
        void slow() {}
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(LimitSettingsTest.class).classes(Shop.class).add(classes);
    }

    @Test
    void haveADefault() {
        try (TestClient client = TestClient.start(app(Limited.class))) {
            client.put("/image").text("image/png", "x".repeat(8)).send().assertText("8");
            client.put("/image").text("image/png", "x".repeat(9)).send().assertProblem(413);
        }
    }

    @Test
    void areThoseThatAreSet() {
        var application = app(Limited.class, Socket.class)
                .set("shop.max-image", "2B")
                .set("shop.rate", "1/h")
                .set("shop.report-timeout", "20ms");
        try (TestClient client = TestClient.start(application);
                TestWebSocket socket = client.webSocket("/ws")) {
            client.put("/image").text("image/png", "xx").send().assertText("2");
            client.put("/image").text("image/png", "xxx").send().assertProblem(413, "The body is longer than 2 bytes.");
            client.post("/note").text("text/plain", "xxx").send().assertProblem(413);
            client.post("/note")
                    .text("text/plain", "xx")
                    .send()
                    .assertProblem(429, "Too many requests: 1/h are allowed here.");
            client.get("/report").send().assertProblem(503);
            assertEquals("a", socket.send("a").nextText());
            socket.send("b").assertClosed(1008);
        }
    }

    private static List<String> faults(BistroBuilder application) {
        var fault = assertThrows(StartupException.class, () -> TestClient.start(application));
        assertTrue(!fault.getMessage().contains("geheim"), fault.getMessage());
        return fault.problems().stream().map(Problem::what).sorted().toList();
    }

    @Test
    void areFaultsWhereNothingIsSet() {
        assertEquals(
                List.of(
                        "@MaxBody(\"${shop.max-imge}\") has ${shop.max-imge}, and there is no setting"
                                + " \"shop.max-imge\".",
                        "@RateLimit(\"${shop.rate\") begins a placeholder, and doesn't end it.",
                        "@Timeout(\"${shop.password}\") is no limit."),
                faults(app(Unset.class).set("shop.password", "geheim")));
    }

    @Test
    void areFaultsWhereTheyAreNoLimits() {
        assertEquals(
                List.of("@RateLimit(\"${shop.rate:1000/h}\") is no limit."),
                faults(app(Limited.class).set("shop.rate", "many")));
    }
}
