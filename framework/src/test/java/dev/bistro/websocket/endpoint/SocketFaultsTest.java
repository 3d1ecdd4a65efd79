package dev.bistro.websocket.endpoint;

import static dev.bistro.startup.Golden.assertGolden;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.controller.DispatcherFactory;
import dev.bistro.startup.Problems;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the startup report says about {@code @WebSocket} classes. */
class SocketFaultsTest {
    private static Problems faults(Class<?>... types) {
        var problems = new Problems();
        new DispatcherFactory(StandardCodecs.create(), problems).create(List.of(types), type -> {
            throw new IllegalStateException("No object is made of a class with faults");
        });
        return problems;
    }

    @WebSocket("/none")
    static final class None {
        @OnOpen
        void open(WebSocketSession session) {}
    }

    @Test
    void noMethodForMessages() {
        assertGolden("socket-no-message-handler", faults(None.class));
    }

    record Order(int id) {}

    @WebSocket("/twice")
    static final class Twice {
        @OnOpen
        void open() {}

        @OnOpen
        void openToo() {}

        @OnMessage
        void text(String text) {}

        @OnMessage
        void order(Order order) {}

        @OnMessage
        void bytes(byte[] bytes) {}

        @OnMessage
        void buffer(ByteBuffer bytes) {}
    }

    @Test
    void twoMethodsForOneThing() {
        assertGolden("socket-two-methods", faults(Twice.class));
    }

    @WebSocket("/parameters/{room}")
    static final class Parameters {
        @OnOpen
        void open(WebSocketSession one, WebSocketSession two, Order order, @PathParam String rom) {}

        @OnMessage
        void message(String room, String text, int page) {}

        @OnClose
        String close(CloseReason reason) {
            return "";
        }

        @OnError
        void error(IllegalStateException fault) {}
    }

    @Test
    void parametersThatNobodyKnows() {
        assertGolden("socket-parameters", faults(Parameters.class));
    }

    static final class Opaque {}

    @WebSocket("/messages")
    static final class Messages {
        @OnMessage
        Opaque message(WebSocketSession session) {
            return null;
        }

        @OnMessage
        private void hidden(byte[] bytes) {}
    }

    @WebSocket("/unreadable")
    static final class Unreadable {
        @OnMessage
        void message(Runnable message) {}
    }

    @Test
    void messagesThatCanNotBeReadOrWritten() {
        assertGolden("socket-messages", faults(Messages.class, Unreadable.class));
    }

    @Route("/both")
    @WebSocket(value = "/both/{", subprotocols = "a b")
    static final class Both {
        @Get
        String get() {
            return "";
        }

        @OnMessage
        void message(String text) {}
    }

    @WebSocket("/same")
    static final class Same {
        @OnMessage
        void message(String text) {}
    }

    @Route("/same")
    static final class SamePath {
        @Get
        String get() {
            return "";
        }
    }

    @Test
    void classesThatCanNotBeSockets() {
        assertGolden("socket-classes", faults(Both.class, Same.class, SamePath.class));
    }
}
