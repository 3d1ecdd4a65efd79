package dev.bistro.benchmarks.server;

import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.WebSocket;

@WebSocket("/ws")
final class EchoSocket {
    @OnMessage
    String echo(String text) {
        return text;
    }
}
