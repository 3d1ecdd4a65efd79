package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bistro.wire.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A server on a machine where anything fails now and then: threads can't be started, executors refuse, selectors and
 * protocols throw, memory is used up, and threads are interrupted. When nothing fails any more, each loop has a leader
 * and serves, each connection was served or closed, and each closed one was told so once.
 */
@Timeout(180)
class FaultInjectionTest {
    private static final int STEPS = 5_000; // for each seed
    private static final int LOOPS = 2;
    private static final int MAX_CLIENTS = 40;

    private final FailingMachine machine = new FailingMachine();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Socket> clients = new ArrayList<>();

    /** Injected faults are logged like real ones, thousands of times. */
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.bistro.net");

    private final Level before = log.getLevel();

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void logAgain() {
        log.setLevel(before);
    }

    /** Fails at random, as long as it is ill. */
    private static final class FailingMachine implements Machine {
        private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        private volatile Random chance;

        boolean fails(int oneIn) {
            Random random = chance;
            return random != null && random.nextInt(oneIn) == 0;
        }

        void mayFail(int oneIn) {
            if (fails(oneIn)) {
                throw new OutOfMemoryError("injected");
            }
        }

        @Override
        public Selector openSelector() throws IOException {
            return Selector.open();
        }

        @Override
        public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
            if (fails(40)) {
                throw new IOException("injected");
            }
            mayFail(40);
            THIS.select(selector, action, timeoutMillis);
        }

        @Override
        public Thread newThread(Runnable code, String name) {
            mayFail(3);
            var thread = new Thread(code, name) {
                @Override
                public void start() {
                    mayFail(3);
                    super.start();
                }
            };
            threads.add(thread);
            return thread;
        }

        @Override
        public HandlerThreads handlerThreads() {
            ExecutorService real = HandlerThreads.pool("failing-");
            var failing = new AbstractExecutorService() {
                @Override
                public void execute(Runnable code) {
                    if (fails(4)) {
                        throw new RejectedExecutionException("injected");
                    }
                    mayFail(8);
                    real.execute(code);
                }

                @Override
                public void shutdown() {
                    real.shutdown();
                }

                @Override
                public List<Runnable> shutdownNow() {
                    return real.shutdownNow();
                }

                @Override
                public boolean isShutdown() {
                    return real.isShutdown();
                }

                @Override
                public boolean isTerminated() {
                    return real.isTerminated();
                }

                @Override
                public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
                    return real.awaitTermination(time, unit);
                }
            };
            return new HandlerThreads(failing, failing);
        }

        void interruptOne(Random random) {
            threads.stream().skip(random.nextInt(threads.size())).findFirst().ifPresent(Thread::interrupt);
        }

        long alive() {
            return threads.stream().filter(Thread::isAlive).count();
        }
    }

    /** Answers each letter with the same letter, in the way that the letter stands for. */
    private final class Letters implements Protocol {
        private final ExecutionProfile profile = ExecutionProfile.adaptive(LOOPS);
        private Call call;
        private volatile int toAnswer;

        Letters() {
            machine.mayFail(20);
            opened.incrementAndGet();
        }

        @Override
        public boolean onInput(Connection connection, Input input, Output output) {
            connection.setDeadline(20);
            while (input.remaining() > 0 && !output.isCongested() && !connection.hasLeftLoop()) {
                byte letter = input.array()[input.position()];
                input.position(input.position() + 1);
                machine.mayFail(50);
                switch (letter) {
                    case 's' -> answerAfter(() -> LockSupport.parkNanos(4_000_000), letter, connection, output);
                    case 'i' -> answerAfter(() -> Thread.currentThread().interrupt(), letter, connection, output);
                    case 't' -> {
                        connection.handOff(new Echo(letter));
                        return false;
                    }
                    case 'c' -> {
                        call = new Call(() -> toAnswer = letter, profile);
                        connection.callUnowned(call);
                        return false;
                    }
                    default -> output.write(letter);
                }
            }
            return input.remaining() > 0;
        }

        private void answerAfter(Runnable handler, byte letter, Connection connection, Output output) {
            if (connection.mayRunOwned(profile)) {
                connection.runOwned(handler, profile);
                output.write(letter);
            } else {
                connection.handOff(new Echo(letter));
            }
        }

        @Override
        public void onDeadline(Connection connection, Output output) {
            machine.mayFail(50);
        }

        @Override
        public void onWake(Connection connection, Output output) {
            machine.mayFail(50);
            if (toAnswer != 0) {
                output.write(toAnswer);
                toAnswer = 0;
            }
        }

        @Override
        public void onStopping(Connection connection, Output output) {
            connection.end();
        }

        @Override
        public void onClosed(Connection connection) {
            closed.incrementAndGet();
            machine.mayFail(10);
        }
    }

    /** Answers on a thread of its own, or that there was none. */
    private record Echo(byte letter) implements Task {
        @Override
        public void run(BlockingIo io) {
            io.output().write(letter);
        }

        @Override
        public void refuse(Output output) {
            output.write(letter);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void servesAgainWhenAllIsWell(long seed) throws Exception {
        var settings = NetSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LOOPS, 1_000, Duration.ofSeconds(5));
        NetServer server = NetServer.start(settings, connection -> new Letters(), machine);
        try {
            var random = new Random(seed);
            machine.chance = new Random(seed);
            for (int i = 0; i < STEPS; i++) {
                step(random, server);
            }
            machine.chance = null;

            for (Socket client : List.copyOf(clients)) {
                assertServedOrClosed(client);
            }
            for (int i = 0; i < 4 * LOOPS; i++) {
                assertServed(connect(server)); // the least loaded loop gets the next one, so every loop has some
            }
            for (Socket client : clients) {
                client.close();
            }
            Await.until(() -> server.statistics().open() == 0);
            assertTrue(server.statistics().workers() <= 2 * LOOPS + 32, () -> "workers: " + server.statistics());
            assertEquals(0, server.statistics().bufferedBytes());
        } finally {
            machine.chance = null;
            server.stop(Duration.ofSeconds(5));
        }
        assertEquals(opened.get(), closed.get(), "Each connection is told once that it is closed");
        Await.until(() -> machine.alive() == 0);
    }

    private void step(Random random, NetServer server) throws IOException {
        int choice = random.nextInt(100);
        if (choice < 15 && clients.size() < MAX_CLIENTS || clients.isEmpty()) {
            connect(server);
        } else if (choice < 20) {
            clients.remove(random.nextInt(clients.size())).close();
        } else if (choice < 22) {
            Socket reset = clients.remove(random.nextInt(clients.size()));
            reset.setSoLinger(true, 0);
            reset.close();
        } else if (choice < 25) {
            machine.interruptOne(random);
        } else {
            send(clients.get(random.nextInt(clients.size())), "eeesittcec".charAt(random.nextInt(10)));
        }
    }

    private void send(Socket client, char letter) throws IOException {
        try {
            client.getOutputStream().write(letter);
        } catch (SocketException closedByTheServer) {
            clients.remove(client);
            client.close();
        }
    }

    private Socket connect(NetServer server) throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        clients.add(socket);
        return socket;
    }

    /** Answers come in order; the last one is for the letter that nothing else sends. */
    private void assertServedOrClosed(Socket client) throws IOException {
        try {
            client.getOutputStream().write('Z');
            int letter = client.getInputStream().read();
            while (letter >= 0 && letter != 'Z') {
                letter = client.getInputStream().read();
            }
        } catch (SocketException closedByTheServer) {
            client.close();
        }
    }

    private static void assertServed(Socket client) throws IOException {
        client.getOutputStream().write('Z');
        assertEquals('Z', client.getInputStream().read());
    }
}
