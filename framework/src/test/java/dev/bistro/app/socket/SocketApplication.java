package dev.bistro.app.socket;

import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.OnClose;
import dev.bistro.annotation.OnError;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnOpen;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.Request;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketRooms;
import dev.bistro.websocket.WebSocketSession;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** An application of WebSockets, to be found by a scan. */
public final class SocketApplication {
    private SocketApplication() {}

    /** What the sockets have seen. */
    public static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

    @Route("/page")
    static final class Page {
        @Get
        String page() {
            return "page";
        }
    }

    @WebSocket("/chat/{room}")
    static final class Chat {
        private final WebSocketRooms rooms;

        @Inject
        Chat(WebSocketRooms rooms) {
            this.rooms = rooms;
        }

        @OnOpen
        void open(WebSocketSession session, String room, Optional<String> name) {
            session.setAttribute("name", name.orElse("Anonymous"));
            rooms.join(room, session);
            rooms.broadcast(room, session.attribute("name").orElseThrow() + " is here");
        }

        @OnMessage
        void message(WebSocketSession session, String room, String text) {
            rooms.broadcast(room, session.attribute("name").orElseThrow() + ": " + text);
        }

        @OnClose
        void close(WebSocketSession session, String room, CloseReason reason) {
            rooms.broadcast(room, session.attribute("name").orElseThrow() + " left with " + reason.code());
        }
    }

    record Point(int x, int y) {}

    @WebSocket(value = "/points/{id:int}", subprotocols = "points")
    static final class Points {
        @OnOpen
        String open(
                int id,
                @QueryParam @DefaultValue("1") int scale,
                @HeaderParam String userAgent,
                @CookieParam("theme") Optional<String> theme,
                Request request) {
            return id + " " + scale + " " + userAgent + " " + theme.orElse("-") + " " + request.path();
        }

        @OnMessage
        Point mirror(Point point, @QueryParam @DefaultValue("1") int scale) {
            if (point.x() == 13) {
                throw new BadRequestException("Unlucky");
            }
            return new Point(point.y() * scale, point.x() * scale);
        }

        @OnMessage
        byte[] binary(ByteBuffer bytes) {
            return new byte[] {(byte) bytes.remaining()};
        }
    }

    @WebSocket("/failing")
    static final class Failing {
        @OnMessage
        CompletionStage<String> message(String text) {
            if (text.equals("now")) {
                throw new IllegalStateException("now");
            }
            return text.equals("fine")
                    ? CompletableFuture.supplyAsync(() -> text + "!")
                    : CompletableFuture.failedFuture(new IllegalStateException(text));
        }

        @OnError
        CompletionStage<String> error(Throwable fault) {
            return switch (fault.getMessage()) {
                case "later" -> throw new IllegalArgumentException("again");
                case "twice" -> CompletableFuture.failedFuture(new IllegalArgumentException("again, later"));
                default -> CompletableFuture.supplyAsync(() -> "caught " + fault.getMessage());
            };
        }

        @OnClose
        void close(CloseReason reason) {
            SEEN.add("closed " + reason.code());
            throw new IllegalStateException("Of no consequence");
        }
    }

    @WebSocket("/silent")
    static final class Silent {
        @OnOpen
        void open() {
            throw new IllegalStateException("No session begins with this");
        }

        @OnMessage
        void message(byte[] bytes) {}
    }
}
