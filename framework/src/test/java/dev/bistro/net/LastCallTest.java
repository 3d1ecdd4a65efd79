package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.wire.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who connects, or sends something, at the moment in which a server stops is served. */
@Timeout(60)
class LastCallTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean holds;

    /** The machine, whose loops can be held up so that connections wait in the system's queue. */
    private final Machine machine = new ForwardingMachine() {
        @Override
        public void select(Selector selector, Consumer<SelectionKey> action, long timeoutMillis) throws IOException {
            if (holds) {
                held.countDown();
                awaitRelease();
            }
            THIS.select(selector, action, timeoutMillis);
        }
    };

    private void awaitRelease() throws IOException {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private NetServer start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return NetServer.start(
                NetSettings.of(address, 1, 100, Duration.ofSeconds(5)),
                connection -> new FailingSelectorTest.Echo(),
                machine);
    }

    private static Thread stop(NetServer server, Duration lastCall) {
        server.announceStop();
        var thread = new Thread(() -> server.stop(LONG, lastCall));
        thread.start();
        return thread;
    }

    private static Socket connect(NetServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    @Test
    void servesWhoWaitsToBeAccepted() throws Exception {
        NetServer server = start();
        var waiting = new ArrayList<Socket>();
        holds = true;
        held.await();
        for (int i = 0; i < 40; i++) { // more than are accepted in a turn
            Socket client = connect(server);
            client.getOutputStream().write(i);
            waiting.add(client);
        }
        Thread stop = stop(server, LONG);
        Await.until(() -> server.isStopAsked());
        release.countDown();
        for (int i = 0; i < waiting.size(); i++) {
            assertEquals(i, waiting.get(i).getInputStream().read());
            waiting.get(i).close();
        }
        stop.join();
        assertEquals(0, server.statistics().open());
    }

    @Test
    void servesWhatIsUnderWayToAnIdleConnection() throws Exception {
        NetServer server = start();
        Thread stop;
        try (Socket idle = connect(server)) {
            stop = stop(server, LONG);
            awaitClosed(server);
            idle.getOutputStream().write('a');
            assertEquals('a', idle.getInputStream().read());
        }
        stop.join();
    }

    @Test
    void closesIdleConnectionsAfterIt() throws Exception {
        NetServer server = start();
        try (Socket idle = connect(server)) {
            Thread stop = stop(server, Duration.ofMillis(1));
            assertEquals(-1, idle.getInputStream().read());
            stop.join();
        }
    }

    /** Returns when nobody listens any more. */
    private static void awaitClosed(NetServer server) {
        try {
            while (true) {
                connect(server).close();
            }
        } catch (IOException closed) {
            return;
        }
    }
}
