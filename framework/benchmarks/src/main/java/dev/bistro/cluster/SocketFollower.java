package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Kind;
import dev.bistro.cluster.Tally.Outcome;
import java.net.URLEncoder;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client with a WebSocket, which also sends messages: the next one when the one before is acknowledged. */
final class SocketFollower extends Follower {
    private static final long PAUSE_MILLIS = 50;
    private static final long TIMEOUT_SECONDS = 60;
    private static final int GOING_AWAY = 1001;

    private final String name;
    private final Journal messages;
    private final Load load;
    private int number;

    SocketFollower(String name, Clients clients, Journal messages, Load load) {
        super(name, clients);
        this.name = name;
        this.messages = messages;
        this.load = load;
    }

    @Override
    void follow(String after) throws InterruptedException {
        var connection = new Connection();
        try {
            WebSocket socket = clients.http()
                    .newWebSocketBuilder()
                    .buildAsync(
                            clients.socket("/socket?since=" + URLEncoder.encode(after, StandardCharsets.UTF_8)),
                            connection)
                    .join();
            send(socket, connection);
        } catch (CompletionException refused) {
            boolean isStatus = refused.getCause() instanceof WebSocketHandshakeException;
            clients.count(
                    Kind.SOCKET,
                    isStatus
                            ? Clients.outcome(((WebSocketHandshakeException) refused.getCause())
                                    .getResponse()
                                    .statusCode())
                            : Outcome.FAILED);
            return;
        }
        clients.count(Kind.SOCKET, connection.closed.join() == GOING_AWAY ? Outcome.DONE : Outcome.FAILED);
    }

    /** Sends until the connection is closed. */
    private void send(WebSocket socket, Connection connection) throws InterruptedException {
        while (!connection.closed.isDone()) {
            if (load.isOn()) {
                String key = name + "-" + ++number;
                messages.sends(key);
                CompletableFuture<String> answer = connection.expect();
                socket.sendText(key, true);
                count(key, answer, connection);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void count(String key, CompletableFuture<String> answer, Connection connection)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(answer, connection.closed).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (answer.isDone()) {
                messages.acknowledges(answer.join());
                clients.count(Kind.SENT, answer.join().equals(key) ? Outcome.DONE : Outcome.FAILED);
            } else {
                clients.count(Kind.SENT, Outcome.UNANSWERED);
            }
        } catch (ExecutionException | TimeoutException hangs) {
            clients.count(Kind.SENT, Outcome.FAILED);
        }
    }

    /** What comes on one connection. */
    private final class Connection implements WebSocket.Listener {
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile CompletableFuture<String> expected = new CompletableFuture<>();

        CompletableFuture<String> expect() {
            expected = new CompletableFuture<>();
            return expected;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                read(text.toString().split(" "));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void read(String[] words) {
            switch (words[0]) {
                case "item" -> take(words[1], words[2]);
                case "stored" -> expected.complete(words[1]);
                default -> reset();
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable fault) {
            closed.complete(0);
        }
    }
}
