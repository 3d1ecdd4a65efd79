package dev.bistro.websocket.protocol;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.net.Call;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.HandlerQueue.Turn;
import dev.bistro.websocket.protocol.MessageReader.Found;
import dev.bistro.websocket.protocol.OutgoingFrame.Kind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket on its connection: reads messages into the queue of the handlers, and writes the frames of the send
 * queue.
 *
 * <pre>
 *            ┌── messages ──▶ HandlerQueue ──▶ handlers, one after the other, on the loop or on a thread of their own
 *   input ───┼── ping ──────▶ pong                │                                     │ replies
 *            └── close, or a fault ──▶ (the same queue, so that earlier messages are answered first)
 *                                                 ▼                                     ▼
 *   output ◀─────────────────────────────────── SendQueue ◀── send, from any thread
 *
 *   reading:  ON ── one turn's messages, or one turn of decompression ──▶ YIELDING ── woken ──▶ ON
 *              └─── the queue of the handlers is full ──▶ PAUSED ── it has room again ──▶ ON
 *
 *   OPEN ── we close ─────────────▶ CLOSE_SENT ─── the client's close, or the deadline ──▶ ENDED
 *    ├───── the client closes ────▶ INPUT_ENDED ── our answer is written ────────────────▶ ENDED
 *    └───── a fault of the client ▶ INPUT_ENDED ── our close is written ─────────────────▶ ENDED
 * </pre>
 *
 * <p>Reading goes on while messages wait for the handlers, until their queue is full, so that pings, pongs and the
 * client's close are seen. While it is full a pong can't be seen, but pings are sent all the same: if the client has
 * gone, its system answers the ping with a reset, and the next one can't be written.
 *
 * <p>All fields belong to the connection's owner. Handlers run unowned and touch none of them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7">RFC 6455, section 7</a>
 */
final class WebSocketConnection implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

    /** How long a client may take to answer a close. */
    private static final long CLOSE_MILLIS = 5_000;

    private enum Stage {
        OPEN,
        /** Our close frame is written, and the client's hasn't come yet. */
        CLOSE_SENT,
        /** Whatever the client sends now is ignored. */
        INPUT_ENDED,
        ENDED
    }

    /** Whether the client's bytes are read. */
    private enum Reading {
        ON,
        /** Not until other connections had their turn. */
        YIELDING,
        /** Not while too much waits for the handlers. */
        PAUSED
    }

    private final Connection connection;
    private final Session session;
    private final SessionHandler handler;
    private final SendQueue sendQueue;
    private final MessageReader reader;
    private final long pingMillis;
    private final HandlerQueue handlerQueue;
    private final Call call;

    private Stage stage = Stage.OPEN;
    private Reading reading = Reading.ON;
    private boolean pinged;
    private boolean endQueued;
    private boolean stopNoticed;

    WebSocketConnection(
            Connection connection,
            Session session,
            SessionHandler handler,
            SendQueue sendQueue,
            MessageReader reader,
            long pingMillis,
            ExecutionProfile profile,
            Executor workers) {
        this.connection = connection;
        this.session = session;
        this.handler = handler;
        this.sendQueue = sendQueue;
        this.reader = reader;
        this.pingMillis = pingMillis;
        this.handlerQueue = new HandlerQueue(rest -> workers.execute(() -> runTurns(rest)), connection.budget());
        this.call = new Call(handlerQueue::run, profile);
        connection.setDeadline(pingMillis);
        handlerQueue.add(() -> guarded(() -> handler.onOpen(session)));
        callHandlers();
    }

    // ---- handlers

    private void callHandlers() {
        if (handlerQueue.claim()) {
            connection.callUnowned(call);
        }
    }

    private void runTurns(Runnable rest) {
        rest.run();
        connection.wake();
    }

    private CompletionStage<?> handle(Message message) {
        return sendQueue.isClosed() ? null : guarded(() -> handler.onMessage(message, session));
    }

    /** An exception of a handler ends its session, and nothing else. */
    private CompletionStage<?> guarded(Turn turn) {
        RequestObserver.Scope scope = session.enter();
        try {
            return turn.take();
        } catch (RuntimeException | Error e) {
            LOG.error("[{}] A handler failed", session.id(), e);
            session.close(new CloseReason(CloseReason.INTERNAL_ERROR, "The server failed."), Kind.CLOSE);
            return null;
        } finally {
            scope.close();
        }
    }

    /** Queues the last turn: the client gets its close frame, and then the handler is told. */
    private void queueEnd(Runnable sendClose, CloseReason reason) {
        if (endQueued) {
            return;
        }
        endQueued = true;
        handlerQueue.end(() -> {
            sendClose.run();
            session.end();
            return guarded(() -> {
                handler.onClose(sendQueue.ourReason().orElse(reason));
                return null;
            });
        });
        callHandlers();
    }

    // ---- reading

    @Override
    public boolean onInput(Connection owner, Input input, Output output) {
        pinged = false;
        if (stage == Stage.OPEN) {
            connection.setDeadline(pingMillis);
        }
        try {
            return read(input, output);
        } catch (ProtocolFault fault) {
            fail(fault);
        }
        input.position(input.limit());
        return false;
    }

    /** Reads the messages of one turn. Returns true if it stopped because the client doesn't take what is written. */
    private boolean read(Input input, Output output) throws ProtocolFault {
        for (int messages = 0; acceptsInput(); ) {
            if (output.isCongested()) {
                return true;
            }
            if (stage == Stage.OPEN && handlerQueue.isFull()) {
                stopReading(Reading.PAUSED);
                return false;
            }
            Found found = reader.read(input);
            if (found == Found.NOTHING) {
                connection.setBulkReading(reader.isInFrame());
                return false;
            }
            handle(found, output);
            messages += found == Found.MESSAGE ? 1 : 0;
            if (found == Found.COMPRESSED_MESSAGE || messages == HandlerQueue.MAX_RUN) {
                yieldTurn();
                return false;
            }
        }
        input.position(input.limit());
        return false;
    }

    private boolean acceptsInput() {
        return stage == Stage.OPEN || stage == Stage.CLOSE_SENT;
    }

    /** Lets the loop serve other connections before this one goes on. */
    private void yieldTurn() {
        stopReading(Reading.YIELDING);
        connection.wake();
    }

    private void stopReading(Reading why) {
        reading = why;
        connection.setReading(false);
    }

    private void startReading() {
        reading = Reading.ON;
        connection.setReading(true);
    }

    /** Resumes reading after a wake, if what it waited for has happened. */
    private void resumeReading(Output output) {
        if (reading == Reading.YIELDING) {
            startReading();
            if (acceptsInput() && reader.isInflating()) {
                inflate(output);
            }
        } else if (reading == Reading.PAUSED && !handlerQueue.isFull()) {
            pinged = false; // the pong may be among the bytes that weren't read
            startReading();
        }
    }

    private void inflate(Output output) {
        try {
            Found found = reader.inflate();
            handle(found, output);
            if (found == Found.COMPRESSED_MESSAGE) {
                yieldTurn();
            }
        } catch (ProtocolFault fault) {
            fail(fault);
        }
    }

    private void handle(Found found, Output output) throws ProtocolFault {
        switch (found) {
            case MESSAGE -> queue(reader.message());
            case PING -> answerPing(output);
            case CLOSE -> clientCloses(CloseFrame.parse(reader.control()));
            default -> {} // a pong needs no answer, and a compressed message isn't complete yet
        }
    }

    private void queue(Message message) {
        if (stage == Stage.OPEN) {
            handlerQueue.addMessage(() -> handle(message), message.bytes().length);
            callHandlers();
        }
    }

    private void answerPing(Output output) {
        if (stage == Stage.OPEN) {
            byte[] payload = reader.control();
            output.write(Frames.pong(payload, payload.length));
        }
    }

    private void clientCloses(CloseReason reason) {
        LOG.debug("[{}] The client closes: {}", session.id(), reason.code());
        endInput(() -> session.answerClose(reason), reason);
    }

    private void fail(ProtocolFault fault) {
        LOG.debug("[{}] {}: {}", session.id(), fault.code(), fault.getMessage());
        var reason = new CloseReason(fault.code(), fault.getMessage());
        endInput(() -> session.close(reason, Kind.CLOSE_AND_END), reason);
    }

    /**
     * Ignores all further input. If our close frame was sent the connection ends; otherwise it ends after the turns
     * that wait, when the close frame of the last one is written.
     */
    private void endInput(Runnable sendClose, CloseReason reason) {
        boolean closeSent = stage == Stage.CLOSE_SENT;
        stage = Stage.INPUT_ENDED;
        reader.close();
        startReading(); // to notice the end of the connection; the bytes are thrown away
        connection.setDeadline(pingMillis);
        queueEnd(sendClose, reason);
        if (closeSent) {
            end();
        }
    }

    private void end() {
        stage = Stage.ENDED;
        startReading();
        connection.endWithUnreadInput();
    }

    // ---- writing

    @Override
    public void onWake(Connection owner, Output output) {
        resumeReading(output);
        writeOut(output);
        callHandlers();
    }

    private void writeOut(Output output) {
        while (stage != Stage.ENDED && !output.isCongested()) {
            OutgoingFrame next = sendQueue.poll();
            if (next == null) {
                return;
            }
            output.write(next.bytes());
            sendQueue.written(next);
            if (next.kind() != Kind.MESSAGE) {
                closeSent(next.kind());
            }
        }
    }

    private void closeSent(Kind kind) {
        if (kind == Kind.CLOSE_AND_END || stage == Stage.INPUT_ENDED) {
            end();
        } else {
            stage = Stage.CLOSE_SENT;
            if (reading == Reading.PAUSED) {
                startReading();
            }
            connection.setDeadline(CLOSE_MILLIS);
        }
    }

    // ---- deadlines and the end

    @Override
    public void onDeadline(Connection owner, Output output) {
        if (stage == Stage.CLOSE_SENT) {
            end();
        } else if (pinged && stage == Stage.OPEN && reading == Reading.ON) {
            sendQueue.dropAndClose(new CloseReason(CloseReason.GOING_AWAY, "No answer to a ping."));
            writeOut(output);
        } else {
            pinged = true;
            output.write(Frames.ping());
            connection.setDeadline(pingMillis);
            connection.wake(); // looks for room again: nobody wakes us when the server's budget has some
        }
    }

    @Override
    public void onStopping(Connection owner, Output output) {
        if (!stopNoticed) {
            stopNoticed = true;
            sendQueue.close(new CloseReason(CloseReason.GOING_AWAY, "The server stops."), Kind.CLOSE);
            writeOut(output);
        }
    }

    @Override
    public void onClosed(Connection owner) {
        stage = Stage.ENDED;
        reader.close();
        session.disconnected();
        handlerQueue.clientIsGone();
        queueEnd(() -> {}, new CloseReason(CloseReason.ABNORMAL, ""));
    }
}
