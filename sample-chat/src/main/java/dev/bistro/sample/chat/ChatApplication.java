package dev.bistro.sample.chat;

import dev.bistro.Bistro;
import dev.bistro.annotation.StaticFiles;

/** A chat: {@code http://localhost:8080/}. */
@StaticFiles(path = "/assets", from = "classpath:/assets", index = "")
public final class ChatApplication {
    private ChatApplication() {}

    public static void main(String[] args) {
        Bistro.run(ChatApplication.class, args);
    }
}
