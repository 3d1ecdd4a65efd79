package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.wire.FrameClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often sessions may send messages, over a socket. */
@Timeout(60)
class MessageRatesTest {
    record Note(String text) {}

    /** Tells what became of a message. */
    abstract static class Answering {
        @OnError
        String failed(Throwable fault) {
            return fault instanceof HttpException known
                    ? known.status().code() + " "
                            + known.headers().first("Retry-After").orElse("")
                    : "failed";
        }
    }

    @WebSocket("/method")
    static final class OnMethod extends Answering {
        @OnMessage
        @RateLimit("2/h")
        String say(Note note) {
            return note.text();
        }

        @OnMessage
        String binary(byte[] bytes) {
            return "binary";
        }
    }

    interface Limited<T> {
        @RateLimit("2/h")
        String say(T note);
    }

    @WebSocket("/overridden")
    static final class OnOverridden extends Answering implements Limited<Note> {
        @Override
        @OnMessage
        public String say(Note note) {
            return note.text();
        }
    }

    abstract static class Base<T extends Note> extends Answering {
        @OnMessage
        @RateLimit("2/h")
        String say(T note) {
            return note.text();
        }
    }

    @WebSocket("/inherited")
    static final class Inherited extends Base<Note> {}

    @WebSocket("/several")
    static final class Several extends Answering {
        @OnMessage
        @RateLimit("100/h")
        @RateLimit("2/h")
        String say(Note note) {
            return note.text();
        }
    }

    @WebSocket("/silent")
    static final class Silent {
        @OnMessage
        @RateLimit("1/h")
        String say(String text) {
            return text;
        }
    }

    @WebSocket("/user")
    static final class ByUser extends Answering {
        @OnMessage
        @RateLimit(value = "1/h", by = RateLimit.By.USER)
        String say(String text) {
            return text;
        }
    }

    @WebSocket("/key")
    static final class ByKey extends Answering {
        @OnMessage
        @RateLimit(value = "1/h", key = ApiKey.class)
        String say(String text) {
            return text;
        }
    }

    static final class ApiKey implements RateLimitKey {
        private final Keys keys;

        @Inject
        ApiKey(Keys keys) {
            this.keys = keys;
        }

        @Override
        public Optional<String> of(Request request) {
            return request.header("X-Api-Key").map(keys::require);
        }
    }

    @Singleton
    static final class Keys {
        String require(String key) {
            if (key.equals("bad")) {
                throw new BadRequestException("No such key");
            }
            return key;
        }
    }

    private Server server;

    @BeforeEach
    void start() {
        server = Bistro.app(MessageRatesTest.class)
                .classes(
                        OnMethod.class,
                        OnOverridden.class,
                        Inherited.class,
                        Several.class,
                        Silent.class,
                        ByUser.class,
                        ByKey.class,
                        ApiKey.class,
                        Keys.class)
                .with(Authenticator.class, Authenticator.bearer(token -> Optional.of(Login.of(token))))
                .set("server.port", "0")
                .set("server.host", "127.0.0.1")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FrameClient open(String path, String... headers) throws IOException {
        return new FrameClient(server.address(), path, headers);
    }

    private static String say(FrameClient client, String text) throws IOException {
        return client.send("T:" + text).read();
    }

    /** All sessions of a client together; what is too much isn't read, so that it may be malformed. */
    @ParameterizedTest
    @ValueSource(strings = {"/method", "/overridden", "/inherited", "/several"})
    void aClientMayOnlySaySoMuch(String path) throws IOException {
        try (FrameClient one = open(path);
                FrameClient other = open(path)) {
            assertEquals("T:a", say(one, "{\"text\":\"a\"}"));
            assertEquals("T:b", say(other, "{\"text\":\"b\"}"));
            assertEquals("T:429_1800", say(one, "{\"text\":\"c\"}"));
            assertEquals("T:429_1800", say(other, "{"));
        }
    }

    @Test
    void eachMethodHasALimitOfItsOwn() throws IOException {
        try (FrameClient client = open("/method")) {
            for (int i = 0; i < 5; i++) {
                assertEquals("T:binary", client.send("B:x").read());
            }
            assertEquals("T:422_", say(client, "{}"), "it counts though it is no note");
            assertEquals("T:a", say(client, "{\"text\":\"a\"}"));
            assertEquals("T:429_1800", say(client, "{\"text\":\"b\"}"));
            assertEquals("T:binary", client.send("B:x").read());
        }
    }

    @Test
    void closesASessionThatHandlesNoFaults() throws IOException {
        try (FrameClient client = open("/silent")) {
            assertEquals("T:a", say(client, "a"));
            assertEquals("CLOSE=1008", say(client, "b"));
        }
        open("/silent").close(); // opening is another thing
    }

    @Test
    void countsUsers() throws IOException {
        try (FrameClient ada = open("/user", "Authorization: Bearer ada\r\n");
                FrameClient adaAgain = open("/user", "Authorization: Bearer ada\r\n");
                FrameClient bob = open("/user", "Authorization: Bearer bob\r\n");
                FrameClient nobody = open("/user")) {
            assertEquals("T:a", say(ada, "a"));
            assertEquals("T:429_3600", say(adaAgain, "b"));
            assertEquals("T:c", say(bob, "c"));
            assertEquals("T:d", say(nobody, "d"));
            assertEquals("T:429_3600", say(nobody, "e"));
        }
    }

    @Test
    void countsByAKey() throws IOException {
        try (FrameClient one = open("/key", "X-Api-Key: one\r\n");
                FrameClient other = open("/key", "X-Api-Key: other\r\n");
                FrameClient none = open("/key");
                FrameClient bad = open("/key", "X-Api-Key: bad\r\n")) {
            assertEquals("T:a", say(one, "a"));
            assertEquals("T:429_3600", say(one, "b"));
            assertEquals("T:c", say(other, "c"));
            assertEquals("T:d", say(none, "d"));
            assertEquals("T:e", say(none, "e"));
            assertEquals("T:400_", say(bad, "f"));
        }
    }
}
