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
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Loops whose selectors keep failing. */
@Timeout(60)
class FailingSelectorTest {
    private final Set<Selector> failing = ConcurrentHashMap.newKeySet();
    private final Set<Selector> opened = ConcurrentHashMap.newKeySet();
    private volatile boolean mayOpen = true;

    private final Machine machine = new ForwardingMachine() {
        @Override
        public Selector openSelector() throws IOException {
            if (!mayOpen) {
                throw new IOException("injected");
            }
            Selector selector = Selector.open();
            opened.add(selector);
            return selector;
        }

        @Override
        public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
            if (failing.contains(selector)) {
                throw new IOException("injected");
            }
            THIS.select(selector, action, timeoutMillis);
        }
    };

    /** Injected faults are logged like real ones. */
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

    /** Echoes its input. */
    static final class Echo implements Protocol {
        @Override
        public boolean onInput(Connection connection, Input input, Output output) {
            output.write(input.array(), input.position(), input.remaining());
            input.position(input.limit());
            return false;
        }

        @Override
        public void onDeadline(Connection connection, Output output) {}

        @Override
        public void onWake(Connection connection, Output output) {}

        @Override
        public void onStopping(Connection connection, Output output) {
            connection.end();
        }

        @Override
        public void onClosed(Connection connection) {}
    }

    private NetServer start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return NetServer.start(
                NetSettings.of(address, 2, 100, Duration.ofSeconds(5)), connection -> new Echo(), machine);
    }

    private static Socket connect(NetServer server) throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void assertServed(Socket client) throws IOException {
        client.getOutputStream().write('a');
        assertEquals('a', client.getInputStream().read());
    }

    @Test
    void areServedByNewSelectors() throws Exception {
        NetServer server = start();
        try (Socket first = connect(server);
                Socket second = connect(server)) {
            assertServed(first);
            assertServed(second);
            failing.addAll(opened);
            Await.until(() -> opened.size() >= 4); // each loop opens a new one when it selects again
            assertServed(first);
            assertServed(second);
            try (Socket third = connect(server)) {
                assertServed(third);
            }
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
    }

    @Test
    void areToldOfIfNoneIsLeft() throws Exception {
        NetServer server = start();
        var failed = new CountDownLatch(1);
        server.whenFailed(failed::countDown);
        try (Socket client = connect(server)) {
            assertServed(client);
            mayOpen = false;
            failing.addAll(opened);
            failed.await();
            assertEquals(-1, client.getInputStream().read());
        } finally {
            server.stop(Duration.ofSeconds(5));
        }
        assertTrue(server.statistics().open() == 0, () -> server.statistics().toString());
    }
}
