package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Status;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestMessage;
import dev.bistro.testing.TestRequest;
import dev.bistro.testing.TestResponse;
import dev.bistro.testing.TestStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said and read over HTTP. */
@Timeout(120)
class ChatTest {
    private Chat chat;
    private TestClient client;

    @BeforeEach
    void open() {
        chat = Chat.start();
        client = chat.client();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void saysThatItIsReady() {
        client.get("/health/ready").send().assertStatus(200).assertText("{\"status\":\"UP\"}");
    }

    // ---- saying something

    @Test
    void takesJsonAndForms() {
        String words = "Grüße, 1 + 1 = 2";
        for (TestRequest request : List.of(
                client.post("/messages").json("{\"user\":\" Ann \",\"text\":\" " + words + " \"}"),
                client.post("/messages").form("user", " Ann").form("text", words))) {
            Instant before = Instant.now();
            TestResponse response = request.send().assertStatus(201).assertHeader("Content-Type", "application/json");
            Message said = response.json(Message.class);
            response.assertJson(new Message(said.id(), "Ann", words, said.time()));
            assertFalse(said.id().isEmpty());
            assertFalse(said.time().isBefore(before));
        }
    }

    @Test
    void namesTheNameless() {
        for (String body :
                List.of("{\"text\":\"x\"}", "{\"user\":\" \",\"text\":\"x\"}", "{\"user\":null,\"text\":\"x\"}")) {
            client.post("/messages").json(body).send().assertJson("/user", "Anonymous");
        }
        client.post("/messages").form("text", "x").send().assertJson("/user", "Anonymous");
        client.post("/messages").form("user", "").form("text", "x").send().assertJson("/user", "Anonymous");
    }

    @Test
    void refusesWhatIsNoMessage() {
        client.post("/messages").json("{").send().assertProblem(400);
        for (String body : List.of(
                "[]",
                "{\"user\":\"Ann\"}",
                "{\"text\":7}",
                "{\"text\":\" \"}",
                "{\"text\":\"a\\u0000b\"}",
                "{\"text\":\"" + "x".repeat(2001) + "\"}",
                "{\"text\":\"x\",\"user\":\"" + "x".repeat(41) + "\"}",
                "{\"text\":\"x\",\"user\":\"a\\nb\"}")) {
            client.post("/messages").json(body).send().assertProblem(422);
        }
        client.post("/messages").form("user", "Ann").send().assertProblem(400);
        client.post("/messages").form("text", " ").send().assertProblem(422);
        client.post("/messages").text("text/plain", "x").send().assertProblem(415);
        MessageList list = chat.list("/messages");
        assertEquals(new MessageList(List.of(), 0, list.next(), false), list);
    }

    // ---- reading

    @Test
    void keepsTheNewestMessages() {
        for (int i = 1; i <= 5; i++) {
            chat.say("/messages", "number " + i);
        }
        assertEquals(List.of("number 3", "number 4", "number 5"), chat.texts("/messages"));
        MessageList list = chat.list("/messages");
        assertEquals(Chat.HISTORY, list.count());
        assertFalse(list.next().isEmpty());
    }

    @Test
    void givesAPageToPeopleAndToWhoAsksForNothing() {
        chat.say("/messages", "<i>5 < 6</i> & 'so'");
        for (TestRequest request : List.of(
                client.get("/messages"),
                client.get("/messages").accept("*/*"),
                client.get("/messages").accept("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"))) {
            TestResponse page = request.send()
                    .assertHeader("Content-Type", "text/html;charset=utf-8")
                    .assertHeaderHas("Vary", "Accept")
                    .assertContains("<b>Ann</b>")
                    .assertContains("<p>&lt;i&gt;5 &lt; 6&lt;/i&gt; &amp; &#39;so&#39;</p>");
            assertFalse(page.header("Content-Security-Policy").orElseThrow().contains("unsafe"));
        }
        client.get("/messages").accept("image/png").send().assertProblem(406);
    }

    @Test
    void answersALongPollWhenSomethingIsSaid() throws Exception {
        Message before = chat.say("/messages", "before");
        TestRequest poll = client.get("/messages").query("since", before.id()).query("wait", 40);
        CompletableFuture<TestResponse> waiting = CompletableFuture.supplyAsync(poll::send);
        Message now = chat.say("/messages", "now");
        MessageList news = waiting.get(60, TimeUnit.SECONDS).json(MessageList.class);
        assertEquals(new MessageList(List.of(now), 1, news.next(), false), news);
        client.get("/messages")
                .query("since", news.next())
                .query("wait", 1)
                .accept("application/json")
                .send()
                .assertJson(new MessageList(List.of(), 0, news.next(), false));
        client.get("/messages?since=zzz.1&wait=40").send().assertJson("/reset", true);
    }

    @Test
    void streamsEventsAndLines() {
        Message first = chat.say("/messages", "one");
        for (String type : List.of("text/event-stream", "application/x-ndjson")) {
            try (TestStream stream = client.get("/messages").accept(type).stream()) {
                assertEquals(type, stream.headers().first("Content-Type").orElse(""));
                Supplier<TestMessage> next = type.contains("event") ? stream::nextEvent : stream::nextMessage;
                next.get().assertJson(first);
                chat.say("/rooms/other/messages", "elsewhere");
                Message second = chat.say("/messages", "two");
                TestMessage message = next.get();
                while (!message.json("/id").equals(second.id())) {
                    message.assertJson("/text", "two"); // what was said to the other stream
                    message = next.get();
                }
                message.assertJson(second);
            }
        }
    }

    // ---- rooms

    @Test
    void keepsRoomsApart() {
        chat.say("/messages", "in the lobby");
        chat.say("/rooms/k%C3%BCche/messages", "in the kitchen");
        assertEquals(List.of("in the lobby"), chat.texts("/messages"));
        assertEquals(List.of("in the kitchen"), chat.texts("/rooms/k%C3%BCche/messages"));
        client.get("/rooms/k%C3%BCche/messages").send().assertContains("<h1>Messages in küche</h1>");
        for (String name : List.of("%3Cb%3E", "a%2Fb", "a%20b", "")) {
            client.get("/rooms/" + name + "/messages").send().assertProblem(404);
        }
    }

    @Test
    void hasOnlySoManyRooms() {
        chat.say("/rooms/a/messages", "kept");
        for (int i = 0; i < 10; i++) {
            chat.list("/rooms/visited" + i + "/messages");
        }
        assertEquals(List.of("kept"), chat.texts("/rooms/a/messages"));
        TestClient follower = client.withHeader("Accept", "text/event-stream");
        try (TestStream one = follower.get("/rooms/a/messages").stream();
                TestStream two = follower.get("/rooms/b/messages").stream()) {
            assertEquals(List.of(Status.OK, Status.OK), List.of(one.status(), two.status()));
            client.get("/rooms/c/messages")
                    .accept("application/json")
                    .send()
                    .assertProblem(409, "There are too many rooms; try again later");
        }
    }

    // ---- settings

    @Test
    void refusesSettingsThatMakeNoSense() {
        var senseless = Chat.settings().set("chat.history", "0");
        var fault = assertThrows(StartupException.class, () -> TestClient.start(senseless));
        assertTrue(fault.getMessage().contains("history has to be from 1"), fault.getMessage());
    }
}
