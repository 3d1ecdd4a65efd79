package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.BistroBuilder;
import dev.bistro.sample.testing.ApplicationProcess;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestStream;
import dev.bistro.testing.TestWebSocket;
import dev.bistro.wire.PostgresServer;
import dev.bistro.wire.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances on one PostgreSQL or Redis are one chat. Skipped where that isn't installed. */
@Timeout(120)
class ChatInstancesTest {
    private static final String KITCHEN = "/rooms/k%C3%BCche/messages";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    private Map<String, String> store; // as variables of the environment

    /** Has all instances of a test use one, which is empty. */
    private void use(String name) {
        if (name.equals("redis")) {
            RedisServer server = RedisServer.shared();
            server.ask("FLUSHALL");
            store = Map.of("CHAT_STORE", name, "REDIS_URL", server.url());
        } else {
            store = Map.of(
                    "CHAT_STORE", name, "DATABASE_URL", PostgresServer.shared().newSchema());
        }
    }

    private BistroBuilder settings() {
        BistroBuilder builder = Chat.settings().set("chat.history", "100");
        store.forEach((name, value) -> builder.set(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return builder;
    }

    private Chat instance() {
        return Chat.start(settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "redis"})
    void sayAndHearTheSame(String name) {
        use(name);
        try (Chat one = instance();
                Chat two = instance();
                TestStream events = one.client().get("/messages").accept("text/event-stream").stream();
                TestWebSocket socket = two.client().webSocket("/ws")) {
            var said = new ArrayList<Message>();
            for (int i = 0; i < 10; i++) {
                said.add((i % 2 == 0 ? one : two).say("/messages", "number " + i));
            }
            for (Message message : said) {
                events.nextEvent().assertJson(message);
                socket.nextMessage().assertJson(message);
            }
            socket.send("{\"user\":\"Bob\",\"text\":\"by socket\"}");
            said.add(events.nextEvent().assertJson("/text", "by socket").json(Message.class));
            socket.nextMessage().assertJson(said.get(10));
            assertEquals(said, one.list("/messages").messages());
            assertEquals(one.list("/messages"), two.list("/messages"));
        }
    }

    @Test
    void knowWhatWasSaidBeforeTheyStarted() {
        use("postgres");
        try (Chat one = instance()) {
            Message first = one.say("/messages", "in the lobby");
            one.say(KITCHEN, "in the kitchen");
            one.say("/rooms/chat/messages", "in another room");
            try (Chat two = instance()) {
                assertEquals(List.of(first), two.list("/messages").messages());
                assertEquals(List.of("in the kitchen"), two.texts(KITCHEN));
                assertEquals(List.of("in another room"), two.texts("/rooms/chat/messages"));
            }
        }
        try (Chat three = instance()) {
            assertEquals(List.of("in the kitchen"), three.texts(KITCHEN));
        }
    }

    @Test
    void loseNothingWhenOneIsKilled() throws Exception {
        use("postgres");
        var environment = new HashMap<>(store);
        environment.put("CHAT_HISTORY", "100");
        try (ApplicationProcess killed =
                        ApplicationProcess.start(ChatApplication.class, environment, "--server.port=0");
                Chat other = instance()) {
            var ann = new Follower();
            var said = new ArrayList<String>();
            said.add(other.say("/messages", "before").id());
            while (ann.heard.isEmpty()) { // it hears from the database, a moment later
                ann.poll(killed.uri());
            }
            assertEquals(said, ann.heard);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> ann.poll(killed.uri()));
            killed.kill();
            assertThrows(Exception.class, waiting::join);
            for (int i = 0; i < 3; i++) {
                said.add(other.say("/messages", "meanwhile").id());
            }
            try (var server = settings().port(0).start()) {
                while (ann.heard.size() < said.size()) {
                    ann.poll(server.uri());
                }
                said.add(other.say("/messages", "after").id());
                ann.poll(server.uri());
            }
            assertEquals(said, ann.heard);
        }
    }

    @Test
    void haveRoomsWithNamesThatADatabaseTakes() {
        use("postgres");
        try (Chat chat = instance()) {
            String longest = "/rooms/" + "%F0%9D%92%B3".repeat(90) + "/messages"; // letters of two characters
            try (TestStream events = chat.client().get(longest).accept("text/event-stream").stream()) {
                Message said = chat.say(longest, "kept");
                events.nextEvent().assertJson(said);
            }
            chat.client().get("/rooms/" + "x".repeat(91) + "/messages").send().assertProblem(404);
        }
    }

    @Test
    void refuseAStoreThatIsNone() {
        var nowhere = Chat.settings().set("chat.store", "nowhere");
        var fault = assertThrows(StartupException.class, () -> TestClient.start(nowhere));
        assertTrue(fault.getMessage().contains("chat.store"), fault.getMessage());
        var without = Chat.settings().set("chat.store", "postgres");
        fault = assertThrows(StartupException.class, () -> TestClient.start(without));
        assertTrue(fault.getMessage().contains("database.url"), fault.getMessage());
        fault = assertThrows(
                StartupException.class, () -> TestClient.start(Chat.settings().set("chat.store", "redis")));
        assertTrue(fault.getMessage().contains("redis.url"), fault.getMessage());
    }

    /** A client that polls, at whatever instance. */
    private static final class Follower {
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<String> heard = new ArrayList<>();
        private String next = "";

        void poll(URI instance) {
            String query = next.isEmpty() ? "" : "?wait=30&since=" + next;
            HttpRequest request = HttpRequest.newBuilder(instance.resolve("/messages" + query))
                    .header("Accept", "application/json")
                    .build();
            try {
                String list = http.send(request, BodyHandlers.ofString()).body();
                assertTrue(list.contains("\"reset\":false"), list);
                ID.matcher(list).results().map(found -> found.group(1)).forEach(heard::add);
                next = NEXT.matcher(list)
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
