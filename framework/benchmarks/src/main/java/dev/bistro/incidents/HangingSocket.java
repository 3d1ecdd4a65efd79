package dev.bistro.incidents;

import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Waits for ever for what a message asks for. */
@WebSocket("/ws/hanging")
final class HangingSocket {
    @OnMessage
    CompletionStage<String> hang(String text) {
        return new CompletableFuture<>();
    }
}
