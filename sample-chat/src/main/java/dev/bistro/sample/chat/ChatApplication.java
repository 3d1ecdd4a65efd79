package dev.bistro.sample.chat;

import dev.bistro.Bistro;

/** A chat: {@code http://localhost:8080/}. */
public final class ChatApplication {
    private ChatApplication() {}

    public static void main(String[] args) {
        Bistro.run(ChatApplication.class, args);
    }
}
