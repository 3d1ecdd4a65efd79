package dev.bistro.websocket.protocol;

import dev.bistro.http.Request;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.net.Connection;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.WebSocketSession;
import dev.bistro.websocket.protocol.OutgoingFrame.Kind;
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

/** A session on a connection. Any thread may use it; the connection's owner writes what it sends. */
final class Session implements WebSocketSession, Replies {
    private final Connection connection;
    private final ServerRequest request;
    private final Optional<String> subprotocol;
    private final Function<Object, byte[]> json;
    private final MessageDeflater deflater; // null without compression
    private final SendQueue queue;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    // guarded by endActions:
    private final Set<Runnable> endActions = new HashSet<>();
    private boolean ended;

    Session(
            Connection connection,
            ServerRequest request,
            Optional<String> subprotocol,
            Function<Object, byte[]> json,
            MessageDeflater deflater,
            SendQueue queue) {
        this.connection = connection;
        this.request = request;
        this.subprotocol = subprotocol;
        this.json = json;
        this.deflater = deflater;
        this.queue = queue;
    }

    static IOException closed() {
        return new IOException("The session is closed");
    }

    @Override
    public String id() {
        return request.id();
    }

    /** Makes this thread one that runs code of the application for this session, as for its handshake's request. */
    RequestObserver.Scope enter() {
        return request.enterHandler();
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
        if (!message.addTo(queue, deflater, sent)) {
            sent.completeExceptionally(closed());
        }
        connection.wake();
        return sent;
    }

    /** Sends a message that other sessions get too; false if the session is closed. */
    boolean sendShared(OutgoingMessage message) {
        boolean added = message.addTo(queue, deflater, null);
        connection.wake();
        return added;
    }

    /** Doesn't wake the connection: that is done when the handler has returned. */
    @Override
    public void text(byte[] utf8) {
        new OutgoingMessage(Opcode.TEXT, utf8).addTo(queue, deflater, null);
    }

    @Override
    public void binary(byte[] bytes) {
        new OutgoingMessage(Opcode.BINARY, bytes).addTo(queue, deflater, null);
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
        queue.close(reason, kind);
        connection.wake();
    }

    /** Answers the client's close. */
    void answerClose(CloseReason reason) {
        queue.answer(CloseFrame.answer(reason));
        connection.wake();
    }

    @Override
    public boolean isOpen() {
        return !queue.isClosed();
    }

    /** Adds something to be run when the session ends; false if it has ended. */
    boolean addEndAction(Runnable action) {
        synchronized (endActions) {
            if (ended) {
                return false;
            }
            endActions.add(action);
            return true;
        }
    }

    void removeEndAction(Runnable action) {
        synchronized (endActions) {
            endActions.remove(action);
        }
    }

    /** Ends the session: nothing can be sent any more, though the connection may still be there. */
    void end() {
        Set<Runnable> actions;
        synchronized (endActions) {
            ended = true;
            actions = Set.copyOf(endActions);
            endActions.clear();
        }
        actions.forEach(Runnable::run);
    }

    /** Ends the session of a connection that is gone. */
    void disconnected() {
        end();
        queue.abandon();
        if (deflater != null) {
            deflater.close();
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
