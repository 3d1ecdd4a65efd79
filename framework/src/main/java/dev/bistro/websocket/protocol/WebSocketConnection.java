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
 *   OPEN ── we close ─────────────▶ CLOSE_SENT ── the client's close, or too late ──▶ ENDED
 *    ├───── the client closes ────▶ HEARD_ALL ─── our answer is written ────────────▶ ENDED
 *    └───── a fault of the client ▶ HEARD_ALL ─── our close is written ─────────────▶ ENDED
 * </pre>
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

    private final Connection connection;
    private final Session session;
    private final SessionHandler handler;
    private final Outbox outbox;
    private final MessageReader reader;
    private final long pingMillis;
    private final HandlerQueue queue;
    private final Call call;

    private Stage stage = Stage.OPEN;
    private boolean paused;
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
        this.queue = new HandlerQueue(rest -> apart.execute(() -> goOn(rest)));
        this.call = new Call(queue::run, profile);
        connection.setDeadline(pingMillis);
        add(() -> guarded(() -> handler.onOpen(session)), 0);
    }

    // ---- handlers

    private void add(Turn turn, int bytes) {
        if (queue.add(turn, bytes)) {
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
        add(
                () -> {
                    lastWord.run();
                    session.over();
                    return guarded(() -> {
                        handler.onClose(outbox.ourReason().orElse(reason));
                        return null;
                    });
                },
                0);
    }

    // ---- reading

    @Override
    public boolean onInput(Connection owner, Input input, Output output) {
        pinged = false;
        if (stage == Stage.OPEN) {
            connection.setDeadline(pingMillis);
        }
        try {
            while (stage == Stage.OPEN || stage == Stage.CLOSE_SENT) {
                if (output.isCongested()) {
                    return true;
                }
                if (mustPause()) {
                    return false;
                }
                Found found = reader.read(input);
                if (found == Found.NOTHING) {
                    return false;
                }
                take(found, output);
            }
        } catch (ProtocolFault fault) {
            fail(fault);
        }
        input.position(input.limit());
        return false;
    }

    private boolean mustPause() {
        paused = stage == Stage.OPEN && queue.isFull();
        if (paused) {
            connection.setReading(false);
        }
        return paused;
    }

    private void take(Found found, Output output) throws ProtocolFault {
        switch (found) {
            case MESSAGE -> take(reader.message());
            case PING -> pong(output);
            case CLOSE -> closed(CloseFrame.parse(reader.control()));
            default -> {} // a pong has done its work by having come
        }
    }

    private void take(Message message) {
        if (stage == Stage.OPEN) {
            add(() -> handle(message), message.bytes().length);
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
        connection.clearDeadline();
        addEnd(lastWord, reason);
        if (closeSent) {
            end();
        }
    }

    private void end() {
        stage = Stage.ENDED;
        connection.setReading(true);
        connection.endWithUnreadInput();
    }

    // ---- writing

    @Override
    public void onWake(Connection owner, Output output) {
        if (paused && !queue.isFull()) {
            paused = false;
            connection.setReading(true);
        }
        writeOut(output);
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
            paused = false;
            connection.setReading(true);
            connection.setDeadline(CLOSE_MILLIS);
        }
    }

    // ---- deadlines, and the end

    @Override
    public void onDeadline(Connection owner, Output output) {
        if (stage != Stage.OPEN) {
            end();
        } else if (paused) {
            connection.setDeadline(pingMillis); // what the client says is left for later, a pong too
        } else if (pinged) {
            outbox.cutOff(new CloseReason(CloseReason.GOING_AWAY, "No answer to a ping."));
            writeOut(output);
        } else {
            pinged = true;
            output.write(Frames.ping());
            connection.setDeadline(pingMillis);
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
        addEnd(() -> {}, new CloseReason(CloseReason.ABNORMAL, ""));
    }
}
