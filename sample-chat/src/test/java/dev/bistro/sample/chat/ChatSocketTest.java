package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestMessage;
import dev.bistro.testing.TestWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said and heard over WebSocket. */
@Timeout(120)
class ChatSocketTest {
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
    void speaksWebSocket() {
        Message first = chat.say("/messages", "one");
        Message second = chat.say("/messages", "two");
        try (TestWebSocket all = client.webSocket("/ws");
                TestWebSocket later = client.webSocket("/ws?since=" + first.id())) {
            all.nextMessage().assertJson(first);
            all.nextMessage().assertJson(second);
            later.nextMessage().assertJson(second);
            all.send("{\"user\":\"Bob\",\"text\":\"three\"}");
            TestMessage three = all.nextMessage().assertJson("/user", "Bob").assertJson("/text", "three");
            later.nextMessage().assertText(three.text());
            assertEquals(List.of("three"), chat.texts("/messages?since=" + second.id()));
            Message four = chat.say("/messages", "four");
            all.nextMessage().assertJson(four);
        }
    }

    @Test
    void refusesPagesOfOtherSites() {
        for (String field : List.of("Sec-Fetch-Site: cross-site", "Origin: https://evil.example")) {
            String[] pair = field.split(": ");
            client.get("/ws")
                    .header(pair[0], pair[1])
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Version", "13")
                    .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                    .send()
                    .assertProblem(403);
            client.post("/messages")
                    .form("text", "x")
                    .header(pair[0], pair[1])
                    .send()
                    .assertProblem(403);
        }
        assertEquals(List.of(), chat.texts("/messages"));
    }

    @Test
    void tellsASessionWhatItHasMissed() {
        Message one = chat.say("/messages", "one");
        try (TestWebSocket socket = client.webSocket("/ws?since=zzz.1")) {
            TestMessage reset = socket.nextMessage();
            String id = reset.json(Frames.Reset.class).id();
            assertFalse(id.isEmpty());
            reset.assertJson(new Frames.Reset(id, "reset"));
            socket.nextMessage().assertJson(one);
        }
    }

    @Test
    void tellsASessionWhatItCannotSay() {
        try (TestWebSocket socket = client.webSocket("/ws")) {
            socket.send("{\"text\":\" \"}")
                    .nextMessage()
                    .assertJson(new Refusal(
                            "refusal",
                            "The message is not valid",
                            List.of("/text: must have 1 to 2000 characters, and no control characters")));
            socket.send("{")
                    .nextMessage()
                    .assertJson("/event", "refusal")
                    .assertContains("\"detail\":\"Malformed JSON");
            socket.send("{\"text\":\"still here\"}").nextMessage().assertJson("/text", "still here");
        }
    }

    @Test
    void limitsWhatAClientSays() {
        try (TestWebSocket socket = client.webSocket("/ws")) {
            for (int i = 0; i < 1_000; i++) {
                socket.send("{\"text\":\"x\"}");
            }
            String refusal = "\"detail\":\"Too many requests: 5/s are allowed here.\"";
            while (!socket.nextText().contains(refusal)) {
                continue; // these were allowed
            }
        }
    }

    @Test
    void deliversAllOnceAndInOrderWhileManyTalk() {
        try (Chat large = Chat.start(Chat.settings().set("chat.history", "1000"));
                TestWebSocket one = large.client().webSocket("/ws/many");
                TestWebSocket two = large.client().webSocket("/ws/many")) {
            for (int i = 0; i < 50; i++) {
                one.send("{\"user\":\"one\",\"text\":\"" + i + "\"}");
                two.send("{\"user\":\"two\",\"text\":\"" + i + "\"}");
            }
            var heard = new ArrayList<Message>();
            for (int i = 0; i < 100; i++) {
                TestMessage message = one.nextMessage();
                two.nextMessage().assertText(message.text());
                heard.add(message.json(Message.class));
            }
            for (String user : List.of("one", "two")) {
                assertEquals(
                        IntStream.range(0, 50).mapToObj(String::valueOf).toList(),
                        heard.stream()
                                .filter(message -> message.user().equals(user))
                                .map(Message::text)
                                .toList());
            }
            assertEquals(List.of(), large.texts("/messages"));
        }
    }
}
