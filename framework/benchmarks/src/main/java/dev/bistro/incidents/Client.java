package dev.bistro.incidents;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that never blocks: what it still has to send, and what has come of it. Used by the thread of its
 * {@link Clients} only.
 */
final class Client {
    /** How a connection has ended. */
    enum End {
        NONE,
        CLOSED,
        RESET,
        OURS
    }

    final SocketChannel channel;
    final Answers answers = new Answers();
    private final Clients owner;
    private SelectionKey key;
    private ByteBuffer unsent;
    private boolean reads = true;
    private End end = End.NONE;
    private byte[] repeated;
    private long interval;
    private long sent;
    private long due = Long.MAX_VALUE;

    Client(Clients owner, SocketChannel channel, byte[] first) {
        this.owner = owner;
        this.channel = channel;
        this.unsent = ByteBuffer.wrap(first);
        this.sent = System.nanoTime();
    }

    static byte[] get(String target, String... fields) {
        String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return ascii("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n");
    }

    /** A request with a body that has the length, of which only so many bytes are sent. */
    static byte[] post(String target, int length, int sent) {
        byte[] head =
                ascii("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        return ByteBuffer.allocate(head.length + sent).put(head).array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends the request again after each answer, but not before so much time has passed since the last; the first time
     * after the delay.
     */
    Client repeating(byte[] request, long intervalNanos, long delayNanos) {
        repeated = request;
        interval = intervalNanos;
        due = System.nanoTime() + delayNanos;
        owner.paced(this);
        return this;
    }

    /** Doesn't take what comes any more. */
    Client withoutReading() {
        reads = false;
        return this;
    }

    End end() {
        return end;
    }

    boolean isOpen() {
        return end == End.NONE;
    }

    /** Whether the connection has ended, or an answer to all that was asked is there. */
    boolean isSettled(int asked) {
        return end != End.NONE || answers.complete() >= asked;
    }

    /** Ended by the server, without an answer. */
    boolean isUnanswered() {
        return answers.complete() == 0 && (end == End.CLOSED || end == End.RESET);
    }

    void send(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocate(unsent.remaining() + bytes.length);
        unsent = all.put(unsent).put(bytes).flip();
        sent = System.nanoTime();
        if (key != null) {
            write();
        }
    }

    void close() {
        end(End.OURS);
        owner.letGo();
    }

    /** Closes it with a reset. */
    void abort() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyClosed) {
            // then there is nothing to reset
        }
        end(End.OURS);
        owner.letGo();
    }

    /** Reads so much at most, whether it reads otherwise or not. */
    void take(int count) {
        read(ByteBuffer.allocate(count));
    }

    void registered(SelectionKey own) {
        key = own;
    }

    void sendIfDue(long now) {
        if (due <= now && key != null && end == End.NONE) {
            due = Long.MAX_VALUE;
            send(repeated);
        }
    }

    /** How long it waits for an answer by now; 0 if it doesn't. */
    long waiting(long now) {
        return due == Long.MAX_VALUE ? now - sent : 0;
    }

    void ready(ByteBuffer buffer) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
            }
        } catch (IOException e) {
            end(End.RESET);
            return;
        }
        if (reads && key.isReadable()) {
            read(buffer.clear());
        }
        if (end == End.NONE) {
            write();
        }
    }

    private void write() {
        try {
            if (channel.isConnected() && unsent.hasRemaining()) {
                channel.write(unsent);
            }
            int interest = reads ? SelectionKey.OP_READ : 0;
            int connected = channel.isConnected() ? interest : SelectionKey.OP_CONNECT;
            key.interestOps(connected | (channel.isConnected() && unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
        } catch (IOException e) {
            if (reads) {
                read(ByteBuffer.allocate(1 << 16)); // the answer may have come before the reset
            }
            end(End.RESET);
        }
    }

    private void read(ByteBuffer buffer) {
        try {
            int before = answers.complete();
            if (channel.read(buffer) < 0) {
                answers.end();
                end(End.CLOSED);
            } else {
                answers.take(buffer.flip());
                if (answers.complete() > before && repeated != null && due == Long.MAX_VALUE) {
                    answered();
                }
            }
        } catch (IOException e) {
            end(End.RESET);
        }
    }

    private void answered() {
        long now = System.nanoTime();
        owner.latencies().add(now - sent);
        due = Math.max(now, sent + interval);
        if (interval == 0) {
            sendIfDue(now);
        }
    }

    private void end(End how) {
        if (end == End.NONE) {
            end = how;
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
