package dev.bistro.incidents;

import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.WebSocket;

@WebSocket("/ws/echo")
final class EchoSocket {
    @OnMessage
    String echo(String text) {
        return text;
    }
}
