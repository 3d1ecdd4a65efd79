package dev.bistro.websocket.protocol;

import dev.bistro.http.Request;
import dev.bistro.net.Connection;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.Outgoing.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A session over a connection. Any thread may use it; what it sends is written by the connection's owner. */
final class Session implements WebSocketSession, Replies {
    private final Connection connection;
    private final Request request;
    private final Optional<String> subprotocol;
    private final Function<Object, byte[]> json;
    private final Deflation deflation;
    private final Outbox outbox;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    // guarded by atEnd:
    private final Set<Runnable> atEnd = new HashSet<>();
    private boolean over;

    Session(
            Connection connection,
            Request request,
            Optional<String> subprotocol,
            Function<Object, byte[]> json,
            Deflation deflation,
            Outbox outbox) {
        this.connection = connection;
        this.request = request;
        this.subprotocol = subprotocol;
        this.json = json;
        this.deflation = deflation;
        this.outbox = outbox;
    }

    static IOException closed() {
        return new IOException("The session is closed");
    }

    @Override
    public String id() {
        return request.id();
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    // ---- sending

    @Override
    public CompletionStage<Void> send(String text) {
        return send(new OutgoingMessage(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<Void> send(byte[] bytes) {
        return send(new OutgoingMessage(Opcode.BINARY, bytes));
    }

    @Override
    public CompletionStage<Void> sendJson(Object value) {
        return send(new OutgoingMessage(Opcode.TEXT, json.apply(value)));
    }

    private CompletionStage<Void> send(OutgoingMessage message) {
        var sent = new CompletableFuture<Void>();
        if (!message.addTo(outbox, deflation, sent)) {
            sent.completeExceptionally(closed());
        }
        connection.wake();
        return sent;
    }

    /** Sends a message that others get too; false if the session is closed. */
    boolean share(OutgoingMessage message) {
        boolean added = message.addTo(outbox, deflation, null);
        connection.wake();
        return added;
    }

    /** The connection is woken when the handler has returned, so that needn't be done here. */
    @Override
    public void text(byte[] utf8) {
        new OutgoingMessage(Opcode.TEXT, utf8).addTo(outbox, deflation, null);
    }

    @Override
    public void binary(byte[] bytes) {
        new OutgoingMessage(Opcode.BINARY, bytes).addTo(outbox, deflation, null);
    }

    // ---- closing

    @Override
    public void close(int code, String reason) {
        if (!CloseReason.isSendable(code)) {
            throw new IllegalArgumentException("A close frame can't have the code " + code);
        }
        close(new CloseReason(code, reason), Kind.CLOSE);
    }

    void close(CloseReason reason, Kind kind) {
        outbox.close(reason, kind);
        connection.wake();
    }

    /** Answers the client's close. */
    void answer(CloseReason reason) {
        outbox.answer(CloseFrame.answer(reason));
        connection.wake();
    }

    @Override
    public boolean isOpen() {
        return !outbox.isClosed();
    }

    /** Has something run when the session is over; false if it is. */
    boolean atEnd(Runnable action) {
        synchronized (atEnd) {
            if (over) {
                return false;
            }
            atEnd.add(action);
            return true;
        }
    }

    void forget(Runnable action) {
        synchronized (atEnd) {
            atEnd.remove(action);
        }
    }

    /** Nothing can be sent any more, though the connection may still be there. */
    void over() {
        Set<Runnable> actions;
        synchronized (atEnd) {
            over = true;
            actions = Set.copyOf(atEnd);
            atEnd.clear();
        }
        actions.forEach(Runnable::run);
    }

    /** The connection is gone. */
    void end() {
        over();
        outbox.abandon();
        if (deflation != null) {
            deflation.close();
        }
    }

    // ---- attributes

    @Override
    public Optional<Object> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public String toString() {
        return "WebSocket session " + id();
    }
}
