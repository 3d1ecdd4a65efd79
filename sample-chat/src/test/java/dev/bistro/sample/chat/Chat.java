package dev.bistro.sample.chat;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.testing.TestClient;
import java.util.List;
import java.util.Optional;

/** The chat as its tests start it, and what they do most. */
record Chat(TestClient client) implements AutoCloseable {
    static final int HISTORY = 3;
    static final int ROOMS = 2;

    static Chat start() {
        return start(settings());
    }

    static Chat start(BistroBuilder application) {
        return new Chat(TestClient.start(application));
    }

    static BistroBuilder settings() {
        return Bistro.app(ChatApplication.class)
                .set("chat.history", "" + HISTORY)
                .set("chat.rooms", "" + ROOMS);
    }

    /** Ann says something. */
    Message say(String path, String text) {
        return client.post(path)
                .json(new NewMessage(Optional.of("Ann"), text))
                .send()
                .assertStatus(201)
                .json(Message.class);
    }

    MessageList list(String target) {
        return client.get(target)
                .accept("application/json")
                .send()
                .assertStatus(200)
                .assertHeader("Content-Type", "application/json")
                .json(MessageList.class);
    }

    /** What a list says. */
    List<String> texts(String target) {
        return list(target).messages().stream().map(Message::text).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
