package dev.bistro.websocket.protocol;

import dev.bistro.net.Call;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import dev.bistro.websocket.CloseReason;
import dev.bistro.websocket.protocol.HandlerQueue.Turn;
import dev.bistro.websocket.protocol.MessageReader.Found;
import dev.bistro.websocket.protocol.Outgoing.Kind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session on its connection: reads messages into the queue of its handlers, and writes what is in its outbox.
 *
 * <pre>
 *            ┌── messages ──▶ HandlerQueue ──▶ handlers, one after the other, on the loop or on a thread of their own
 *   input ───┼── ping ──────▶ pong                │                                     │ replies
 *            └── close, or a fault ──▶ (the same queue, so that what came before is answered before)
 *                                                 ▼                                     ▼
 *   output ◀──────────────────────────────────── Outbox ◀── send, from any thread
 *
 *   reading:  ON ── messages, or a part of one that is packed, for one turn ──▶ NEXT_TURN ── woken ──▶ ON
 *              └─── as much waits for the handlers as may ──▶ HELD_BACK ── they have taken some ──▶ ON
 *
 *   OPEN ── we close ─────────────▶ CLOSE_SENT ── the client's close, or too late ──▶ ENDED
 *    ├───── the client closes ────▶ HEARD_ALL ─── our answer is written ────────────▶ ENDED
 *    └───── a fault of the client ▶ HEARD_ALL ─── our close is written ─────────────▶ ENDED
 * </pre>
 *
 * <p>While messages wait for the handlers it is read on, within a bound, so that pings, pongs and the client's close are seen. Beyond that bound a pong can't be seen; pings are sent
 * all the same: if the client has gone, its system says so when it gets one, and the next can't be written any more.
 *
 * <p>Owner of the fields: the connection's owner. Handlers own nothing here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7">RFC 6455, section 7</a>
 */
final class WebSocketConnection implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

    /** How long a client may take to answer a close. */
    private static final long CLOSE_MILLIS = 5_000;

    private enum Stage {
        OPEN,
        /** Our close is written, and the client's isn't there yet. */
        CLOSE_SENT,
        /** Nothing that the client sends counts any more. */
        HEARD_ALL,
        ENDED
    }

    /** Whether the client's bytes are read. */
    private enum Reading {
        ON,
        /** It is others' turn. */
        NEXT_TURN,
        /** Too much waits for the handlers. */
        HELD_BACK
    }

    private final Connection connection;
    private final Session session;
    private final SessionHandler handler;
    private final Outbox outbox;
    private final MessageReader reader;
    private final long pingMillis;
    private final HandlerQueue queue;
    private final Call call;

    private Stage stage = Stage.OPEN;
    private Reading reading = Reading.ON;
    private boolean pinged;
    private boolean endIsKnown;
    private boolean stopIsKnown;

    WebSocketConnection(
            Connection connection,
            Session session,
            SessionHandler handler,
            Outbox outbox,
            MessageReader reader,
            long pingMillis,
            ExecutionProfile profile,
            Executor apart) {
        this.connection = connection;
        this.session = session;
        this.handler = handler;
        this.outbox = outbox;
        this.reader = reader;
        this.pingMillis = pingMillis;
        this.queue = new HandlerQueue(rest -> apart.execute(() -> goOn(rest)), connection.budget());
        this.call = new Call(queue::run, profile);
        connection.setDeadline(pingMillis);
        queue.add(() -> guarded(() -> handler.onOpen(session)));
        callHandlers();
    }

    // ---- handlers

    private void callHandlers() {
        if (queue.claim()) {
            connection.callUnowned(call);
        }
    }

    private void goOn(Runnable rest) {
        rest.run();
        connection.wake();
    }

    private CompletionStage<?> handle(Message message) {
        return outbox.isClosed() ? null : guarded(() -> handler.onMessage(message, session));
    }

    /** A fault of a handler ends its session, and nothing else. */
    private CompletionStage<?> guarded(Turn turn) {
        try {
            return turn.take();
        } catch (RuntimeException | Error e) {
            LOG.error("[{}] A handler failed", session.id(), e);
            session.close(new CloseReason(CloseReason.INTERNAL_ERROR, "The server failed."), Kind.CLOSE);
            return null;
        }
    }

    /** The last turn: what the handler is told, and before it what the client is. */
    private void addEnd(Runnable lastWord, CloseReason reason) {
        if (endIsKnown) {
            return;
        }
        endIsKnown = true;
        queue.end(() -> {
            lastWord.run();
            session.over();
            return guarded(() -> {
                handler.onClose(outbox.ourReason().orElse(reason));
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

    /** Reads so many messages as one may in a turn; whether it stopped since the client takes nothing. */
    private boolean read(Input input, Output output) throws ProtocolFault {
        for (int messages = 0; isListening(); ) {
            if (output.isCongested()) {
                return true;
            }
            if (stage == Stage.OPEN && queue.isFull()) {
                stopReading(Reading.HELD_BACK);
                return false;
            }
            Found found = reader.read(input);
            if (found == Found.NOTHING) {
                connection.setBulkReading(reader.isInFrame());
                return false;
            }
            take(found, output);
            messages += found == Found.MESSAGE ? 1 : 0;
            if (found == Found.PACKED_MESSAGE || messages == HandlerQueue.MAX_RUN) {
                endTurn();
                return false;
            }
        }
        input.position(input.limit());
        return false;
    }

    private boolean isListening() {
        return stage == Stage.OPEN || stage == Stage.CLOSE_SENT;
    }

    /** Other connections of the loop are served, and then this one goes on. */
    private void endTurn() {
        stopReading(Reading.NEXT_TURN);
        connection.wake();
    }

    private void stopReading(Reading until) {
        reading = until;
        connection.setReading(false);
    }

    private void readOn() {
        reading = Reading.ON;
        connection.setReading(true);
    }

    /** What there is to do of reading when the connection was woken. */
    private void goOnReading(Output output) {
        if (reading == Reading.NEXT_TURN) {
            readOn();
            if (isListening() && reader.isUnpacking()) {
                unpack(output);
            }
        } else if (reading == Reading.HELD_BACK && !queue.isFull()) {
            pinged = false; // its answer may be among what wasn't read
            readOn();
        }
    }

    private void unpack(Output output) {
        try {
            Found found = reader.unpack();
            take(found, output);
            if (found == Found.PACKED_MESSAGE) {
                endTurn();
            }
        } catch (ProtocolFault fault) {
            fail(fault);
        }
    }

    private void take(Found found, Output output) throws ProtocolFault {
        switch (found) {
            case MESSAGE -> take(reader.message());
            case PING -> pong(output);
            case CLOSE -> closed(CloseFrame.parse(reader.control()));
            default -> {} // a pong has done its work by having come, and a packed message isn't there yet
        }
    }

    private void take(Message message) {
        if (stage == Stage.OPEN) {
            queue.addMessage(() -> handle(message), message.bytes().length);
            callHandlers();
        }
    }

    private void pong(Output output) {
        if (stage == Stage.OPEN) {
            byte[] payload = reader.control();
            output.write(Frames.pong(payload, payload.length));
        }
    }

    private void closed(CloseReason reason) {
        LOG.debug("[{}] The client closes: {}", session.id(), reason.code());
        heardAll(() -> session.answer(reason), reason);
    }

    private void fail(ProtocolFault fault) {
        LOG.debug("[{}] {}: {}", session.id(), fault.code(), fault.getMessage());
        var reason = new CloseReason(fault.code(), fault.getMessage());
        heardAll(() -> session.close(reason, Kind.LAST_WORD), reason);
    }

    /** Nothing more will be heard: if our close is out the connection ends, else when the handlers have come to it. */
    private void heardAll(Runnable lastWord, CloseReason reason) {
        boolean closeSent = stage == Stage.CLOSE_SENT;
        stage = Stage.HEARD_ALL;
        reader.close();
        readOn(); // and throw it away, but for its end
        connection.setDeadline(pingMillis);
        addEnd(lastWord, reason);
        if (closeSent) {
            end();
        }
    }

    private void end() {
        stage = Stage.ENDED;
        readOn();
        connection.endWithUnreadInput();
    }

    // ---- writing

    @Override
    public void onWake(Connection owner, Output output) {
        goOnReading(output);
        writeOut(output);
        callHandlers();
    }

    private void writeOut(Output output) {
        while (stage != Stage.ENDED && !output.isCongested()) {
            Outgoing next = outbox.poll();
            if (next == null) {
                return;
            }
            output.write(next.frame());
            outbox.written(next);
            if (next.kind() != Kind.MESSAGE) {
                closeSent(next.kind());
            }
        }
    }

    private void closeSent(Kind kind) {
        if (kind == Kind.LAST_WORD || stage == Stage.HEARD_ALL) {
            end();
        } else {
            stage = Stage.CLOSE_SENT;
            if (reading == Reading.HELD_BACK) {
                readOn();
            }
            connection.setDeadline(CLOSE_MILLIS);
        }
    }

    // ---- deadlines, and the end

    @Override
    public void onDeadline(Connection owner, Output output) {
        if (stage == Stage.CLOSE_SENT) {
            end();
        } else if (pinged && stage == Stage.OPEN && reading == Reading.ON) {
            outbox.cutOff(new CloseReason(CloseReason.GOING_AWAY, "No answer to a ping."));
            writeOut(output);
        } else {
            pinged = true;
            output.write(Frames.ping());
            connection.setDeadline(pingMillis);
            connection.wake(); // where it is the server as a whole that has no room, nobody says when there is some
        }
    }

    @Override
    public void onStopping(Connection owner, Output output) {
        if (!stopIsKnown) {
            stopIsKnown = true;
            outbox.close(new CloseReason(CloseReason.GOING_AWAY, "The server stops."), Kind.CLOSE);
            writeOut(output);
        }
    }

    @Override
    public void onClosed(Connection owner) {
        stage = Stage.ENDED;
        reader.close();
        session.end();
        queue.dropMessages();
        addEnd(() -> {}, new CloseReason(CloseReason.ABNORMAL, ""));
    }
}
