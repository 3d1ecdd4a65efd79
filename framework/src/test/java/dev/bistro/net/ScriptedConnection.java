package dev.bistro.net;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;

/**
 * A connection without a socket and without a second thread: gives a protocol its input in the pieces that a test
 * chooses, and keeps what it writes. A task that is handed off, or a handler that is called, runs when the protocol has
 * returned; a task can read the remaining pieces.
 */
public final class ScriptedConnection {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Connection connection = new Script();
    private final Protocol protocol;
    private final Output output = new Output(1024);
    private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final SocketWriter writer = new SocketWriter(1, new PlainWire(null, Channels.newChannel(written)), budget);
    private byte[] leftover = Input.nothing();
    private int mostLeftOver;
    private Task task;
    private Call called;
    private boolean closed;

    public ScriptedConnection(ProtocolFactory protocols) {
        protocol = protocols.open(connection);
        runCalls();
    }

    /** Gives the protocol these pieces, one at a time, until it closes the connection. */
    public ScriptedConnection receive(Collection<byte[]> arriving) {
        pieces.addAll(arriving);
        while (!closed && !pieces.isEmpty()) {
            offer(pieces.remove());
            while (!closed && task != null) {
                runTask();
            }
        }
        return this;
    }

    private void runCalls() {
        while (called != null) {
            Call call = called;
            called = null;
            call.run();
            if (!closed) {
                protocol.onWake(connection, output.of(connection));
                output.flush();
            }
            if (!closed && leftover.length > 0) {
                offer(Input.nothing());
            }
        }
    }

    private void offer(byte[] piece) {
        var input = new Input(leftover.length + piece.length + 2048);
        Arrays.fill(input.array(), (byte) '\r'); // as if an earlier connection had left bytes in the array
        input.load(concat(leftover, piece));
        boolean callAgain = protocol.onInput(connection, input, output.of(connection));
        if (callAgain) {
            throw new IllegalStateException("It stopped although nothing is congested");
        }
        output.flush();
        leftover = input.leftover();
        runCalls();
        mostLeftOver = Math.max(mostLeftOver, task == null && !closed ? leftover.length : 0);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void runTask() {
        var io = new BlockingIo(connection);
        Task next = task;
        task = null;
        next.run(io);
        io.end();
        if (task == null && !closed) {
            offer(Input.nothing());
        }
    }

    /** All that was written, a char for each byte. */
    public String written() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the protocol has closed it. */
    public boolean isClosed() {
        return closed;
    }

    /** The most bytes that the protocol has left over. */
    public int mostLeftOver() {
        return mostLeftOver;
    }

    /**
     * What the protocol may ask of its connection. A class rather than a mock, since a mock looks at the stack in each
     * call, and the fuzz tests make millions of them.
     */
    private final class Script extends Connection {
        Script() {
            super(1);
        }

        @Override
        public SocketAddress peerAddress() {
            return CLIENT;
        }

        @Override
        public void setDeadline(long millis) {}

        @Override
        public void clearDeadline() {}

        @Override
        public void setIdleDeadline(long millis) {}

        @Override
        public boolean mayRunOwned(ExecutionProfile profile) {
            return !profile.isBlocking();
        }

        @Override
        public void runOwned(Runnable handler, ExecutionProfile profile) {
            handler.run();
        }

        @Override
        public boolean hasLeftLoop() {
            return false;
        }

        @Override
        public void handOff(Task next) {
            task = next;
        }

        @Override
        public void wake() {}

        @Override
        public void executeUnowned(Runnable code) {}

        @Override
        public void breakOff() {
            throw notInTheScript("breakOff");
        }

        @Override
        public void callUnowned(Call call) {
            called = call;
        }

        @Override
        public ByteBudget budget() {
            return budget;
        }

        @Override
        public void replaceProtocol(Protocol next) {
            throw notInTheScript("replaceProtocol");
        }

        @Override
        public void end() {
            closed = true;
        }

        @Override
        public void endWithUnreadInput() {
            closed = true;
        }

        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        SocketWriter writer() {
            return writer;
        }

        @Override
        void awaitWritable() {}

        @Override
        int awaitInput(Input input, long timeoutMillis) {
            if (pieces.isEmpty()) {
                closed = true;
                return -1;
            }
            byte[] piece = pieces.remove();
            input.load(concat(input.leftover(), piece));
            return piece.length;
        }

        @Override
        int readBufferBytes() {
            return 16 * 1024;
        }

        @Override
        byte[] takeLeftover() {
            byte[] taken = leftover;
            leftover = Input.nothing();
            return taken;
        }

        @Override
        void putBackLeftover(byte[] bytes) {
            leftover = bytes;
        }

        private IllegalStateException notInTheScript(String method) {
            return new IllegalStateException("Not in the script: " + method);
        }
    }
}
