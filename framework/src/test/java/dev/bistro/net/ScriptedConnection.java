package dev.bistro.net;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import org.mockito.invocation.InvocationOnMock;

/**
 * A connection without a socket and without a second thread: gives a protocol its input in the pieces that a test
 * chooses, and keeps what it writes. A task that is handed off, or a handler that is called, runs when the protocol has
 * returned; a task can read the remaining pieces.
 */
public final class ScriptedConnection {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Connection connection =
            mock(Connection.class, withSettings().stubOnly().defaultAnswer(this::called));
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

    private Object called(InvocationOnMock call) {
        Object result = perform(call);
        return call.getMethod().getReturnType() == void.class ? null : result;
    }

    private Object perform(InvocationOnMock call) {
        return switch (call.getMethod().getName()) {
            case "id" -> 1L;
            case "executeUnowned",
                    "setDeadline",
                    "setIdleDeadline",
                    "clearDeadline",
                    "setReading",
                    "setBulkReading",
                    "wake",
                    "allWritten",
                    "awaitWritable" -> null;
            case "peerAddress" -> CLIENT;
            case "remoteAddress" -> Optional.of(CLIENT);
            case "tlsSession" -> Optional.empty();
            case "isStopping", "hasLeftLoop" -> false;
            case "mayRunOwned" -> !call.<ExecutionProfile>getArgument(0).isBlocking();
            case "budget" -> budget;
            case "readBufferBytes" -> 16 * 1024;
            case "writer" -> writer;
            case "runOwned" -> run(call.getArgument(0));
            case "handOff" -> task = call.getArgument(0);
            case "callUnowned" -> called = call.getArgument(0);
            case "takeLeftover" -> take();
            case "putBackLeftover" -> leftover = call.getArgument(0);
            case "awaitInput" -> await(call.getArgument(0));
            case "end", "endWithUnreadInput" -> closed = true;
            default -> throw new IllegalStateException("Not in the script: " + call);
        };
    }

    private static boolean run(Runnable handler) {
        handler.run();
        return true;
    }

    private byte[] take() {
        byte[] taken = leftover;
        leftover = Input.nothing();
        return taken;
    }

    private int await(Input input) {
        if (pieces.isEmpty()) {
            closed = true;
            return -1;
        }
        byte[] piece = pieces.remove();
        input.load(concat(input.leftover(), piece));
        return piece.length;
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
}
