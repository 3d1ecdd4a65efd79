package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that come back to their loop from tasks, whatever happens meanwhile. The loops here wait until something
 * wakes them, and don't look after their connections now and then: a wake-up that is missing would never be made good.
 */
@Timeout(60)
class ReturnedConnectionTest {
    private static final int ROUNDS = 500;
    private static final int CLIENTS = 4;

    /** More than the time between two looks at deadlines. */
    private static final Duration SWEEP = Duration.ofMillis(300);

    private static final Duration LATER = Duration.ofMillis(200);

    private final ExecutorService others = Executors.newFixedThreadPool(CLIENTS);
    private volatile long setNanos;
    private volatile long dueNanos;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private final Machine machine = new ForwardingMachine() {
        @Override
        public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
            if (timeoutMillis > 0) {
                selector.select(action);
            } else {
                selector.selectNow(action);
            }
        }
    };

    /** Has a task answer each byte with itself, and do before that what the byte says. */
    private final class Tasks implements Protocol {
        private boolean isWakeAnswered = true;

        @Override
        public boolean onInput(Connection connection, Input input, Output output) {
            if (input.remaining() == 0) {
                return false;
            }
            byte letter = input.array()[input.position()];
            input.position(input.position() + 1);
            connection.handOff(io -> answer(letter, connection, io));
            return input.remaining() > 0;
        }

        private void answer(byte letter, Connection connection, BlockingIo io) {
            switch (letter) {
                case 'w' -> {
                    isWakeAnswered = false;
                    connection.wake();
                    io.output().write((byte) '<');
                    return;
                }
                case 'x' -> {
                    isWakeAnswered = false;
                    others.execute(connection::wake); // before the task has returned, while it does, or after it
                    io.output().write((byte) '<');
                    return;
                }
                case 'h' -> {
                    begun.countDown();
                    awaitRelease();
                }
                case 't' -> connection.setDeadline(1);
                case 'l' -> {
                    long begin = System.nanoTime();
                    Await.until(() -> System.nanoTime() - begin > SWEEP.toNanos()); // the loop's time is of before
                    setNanos = System.nanoTime();
                    connection.setDeadline(LATER.toMillis());
                }
                default -> Thread.yield();
            }
            io.output().write(letter);
        }

        @Override
        public void onDeadline(Connection connection, Output output) {
            dueNanos = System.nanoTime();
            output.write((byte) '!');
        }

        @Override
        public void onWake(Connection connection, Output output) {
            if (!isWakeAnswered) {
                isWakeAnswered = true;
                output.write((byte) '>');
            }
        }

        @Override
        public void onStopping(Connection connection, Output output) {
            connection.end();
        }

        @Override
        public void onClosed(Connection connection) {}
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final NetServer server = start(machine);

    private NetServer start(Machine on) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return NetServer.start(NetSettings.of(address, 1, 100, Duration.ofSeconds(5)), to -> new Tasks(), on);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.stop(Duration.ofSeconds(5), Duration.ZERO);
        others.shutdown();
    }

    private static Socket connect(NetServer to) throws IOException {
        var socket = new Socket(to.address().getAddress(), to.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket client, int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    /** What is sent, a write each: the next one after the answer to the one before, or in the middle of it. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abcdef", "a,b", "a,bc,d", "a,b,c,d,e,f"})
    void areServedAgain(String writes) throws Exception {
        ask(writes); // alone, so that nobody else wakes the loop
    }

    @Test
    void areServedAgainBesideOthers() throws Exception {
        var ends = new ArrayList<Future<?>>();
        for (int i = 0; i < CLIENTS; i++) {
            ends.add(others.submit(() -> ask("a,bc,d")));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private Void ask(String writes) throws IOException {
        String expected = writes.replace(",", "");
        try (Socket client = connect(server)) {
            client.setTcpNoDelay(true);
            for (int i = 0; i < ROUNDS; i++) {
                for (String write : writes.split(",")) {
                    send(client, write);
                }
                assertEquals(expected, read(client, expected.length()));
            }
        }
        return null;
    }

    @Test
    void areServedWhatCameWhileTheTaskRan() throws Exception {
        try (Socket client = connect(server)) {
            send(client, "h");
            begun.await();
            send(client, "a");
            try (Socket other = connect(server)) { // the loop has seen the other bytes when it answers these
                send(other, "b");
                assertEquals("b", read(other, 1));
            }
            release.countDown();
            assertEquals("ha", read(client, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"w", "x"})
    void areWokenIfThatIsAskedForWhileTheTaskRuns(String by) throws Exception {
        try (Socket client = connect(server)) {
            for (int i = 0; i < ROUNDS; i++) {
                send(client, by);
                assertEquals("<>", read(client, 2));
            }
        }
    }

    @Test
    void areClosedAfterTheClient() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Socket client = connect(server);
            send(client, "a");
            assertEquals("a", read(client, 1));
            client.close();
        }
        Await.until(() -> server.statistics().open() == 0);
    }

    /** Deadlines are looked at now and then, so these loops do. */
    @Test
    void keepTheDeadlineThatTheTaskHasSet() throws Exception {
        NetServer sweeping = start(Machine.THIS);
        try (Socket client = connect(sweeping)) {
            send(client, "t");
            assertEquals("t!", read(client, 2));
        } finally {
            sweeping.stop(Duration.ofSeconds(5), Duration.ZERO);
        }
    }

    /** A loop that has slept since before the task ran, and then looks at deadlines at once. */
    @Test
    void haveTheirDeadlineFromTheTimeOnAtWhichItIsSet() throws Exception {
        try (Socket client = connect(server);
                Socket other = connect(server)) {
            send(client, "l");
            assertEquals("l", read(client, 1));
            while (client.getInputStream().available() == 0) {
                send(other, "a"); // wakes the loop
                assertEquals("a", read(other, 1));
            }
            assertEquals("!", read(client, 1));
            Duration left = Duration.ofNanos(dueNanos - setNanos);
            assertTrue(left.compareTo(LATER) >= 0, () -> "It came after " + left);
        }
    }

    /** As above: the stop looks at them only then. */
    @Test
    void endWithTheServer() throws Exception {
        NetServer sweeping = start(Machine.THIS);
        try (Socket client = connect(sweeping)) {
            send(client, "a");
            assertEquals("a", read(client, 1));
            sweeping.announceStop();
            var stop = new Thread(() -> sweeping.stop(Duration.ofHours(1), Duration.ofMillis(1)));
            stop.start();
            assertEquals(-1, client.getInputStream().read());
            stop.join();
        }
    }
}
