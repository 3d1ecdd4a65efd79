package dev.bistro.wire;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Message;
import dev.bistro.websocket.protocol.OpeningHandshake;
import dev.bistro.websocket.protocol.Replies;
import dev.bistro.websocket.protocol.SessionHandler;
import dev.bistro.websocket.protocol.WebSocketSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** WebSocket endpoints that are functions, without a controller. */
public final class SocketEndpoints {
    private SocketEndpoints() {}

    /** Echoes each message. */
    public static class Echo implements SessionHandler {
        @Override
        public CompletionStage<?> onOpen(Replies replies) {
            return null;
        }

        @Override
        public CompletionStage<?> onMessage(Message message, Replies replies) {
            if (message.isText()) {
                replies.text(message.bytes());
            } else {
                replies.binary(message.bytes());
            }
            return null;
        }

        @Override
        public void onClose(CloseReason reason) {}
    }

    public static OpeningHandshake handshake(WebSocketSettings settings, Execution execution) {
        Function<Object, byte[]> json = value -> ("\"" + value + "\"").getBytes(StandardCharsets.UTF_8);
        return new OpeningHandshake(
                settings,
                List.of("chat", "superchat"),
                new Target.Traits("A socket", execution, Target.BodyUse.IGNORED),
                json);
    }

    /** An endpoint, for {@link EngineServer.Builder#at}. */
    public static Function<ServerRequest, Response<Payload>> endpoint(
            OpeningHandshake handshake, Function<WebSocketSession, SessionHandler> handlers) {
        return request -> {
            try {
                return handshake.accept(request, () -> handlers::apply);
            } catch (HttpException refused) {
                return EngineServer.text(refused.status(), refused.detail()).withHeaders(refused.headers());
            }
        };
    }

    public static Function<ServerRequest, Response<Payload>> endpoint(
            WebSocketSettings settings, Function<WebSocketSession, SessionHandler> handlers) {
        return endpoint(handshake(settings, Execution.ADAPTIVE), handlers);
    }
}
