package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.net.Call;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Input;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that don't own the connection: {@link Connection#callUnowned}. */
@Timeout(60)
class CalledHandlerTest {
    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch waits = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);

    /** Answers {@code c} by way of a handler, {@code w} by one that waits, and any other byte with itself. */
    private final class Letters implements Protocol {
        private volatile String answer = "";
        private volatile boolean waiting;
        private final Call call;

        Letters(ExecutionProfile profile) {
            this.call = new Call(this::handle, profile);
        }

        private void handle() {
            threads.add(Thread.currentThread().getName());
            if (waiting) {
                waits.countDown();
                await(go);
            }
            answer += waiting ? "W" : "C";
            handled.countDown();
        }

        @Override
        public boolean onInput(Connection connection, Input input, Output output) {
            for (; input.remaining() > 0; input.position(input.position() + 1)) {
                byte letter = input.array()[input.position()];
                waiting = letter == 'w';
                if (letter == 'w' || letter == 'c') {
                    connection.callUnowned(call);
                } else {
                    output.write(letter);
                }
            }
            return false;
        }

        @Override
        public void onWake(Connection connection, Output output) {
            output.writeLatin1(answer);
            answer = "";
        }

        @Override
        public void onDeadline(Connection connection, Output output) {}

        @Override
        public void onStopping(Connection connection, Output output) {
            connection.end();
        }

        @Override
        public void onClosed(Connection connection) {
            if (!waiting) {
                connection.callUnowned(call);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private NetServer serve(ExecutionProfile profile) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return NetServer.start(
                NetSettings.of(address, 1, 100, Duration.ofSeconds(10)), connection -> new Letters(profile));
    }

    @Test
    void runQuickOnesOnTheLoopAndWriteTheAnswerAfterwards() throws Exception {
        NetServer server = serve(ExecutionProfile.adaptive(1));
        try (var client = new RawClient(server.address())) {
            assertEquals("xyC", client.send("xyc").read(3));
            assertTrue(threads.take().startsWith("bistro-worker-"));
        } finally {
            server.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void leaveTheConnectionToTheLoopWhileTheyWait() throws Exception {
        NetServer server = serve(ExecutionProfile.adaptive(1));
        try (var client = new RawClient(server.address())) {
            client.send("w");
            await(waits);
            assertEquals("still here", client.send("still here").read(10));
            go.countDown();
            await(handled);
        } finally {
            server.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void runOnAThreadOfTheirOwnWhereTheyAreKnownToWait() throws Exception {
        NetServer server = serve(ExecutionProfile.pinned("a", true, 1));
        try (var client = new RawClient(server.address())) {
            client.send("w");
            await(waits);
            assertEquals("x", client.send("x").read(1));
            assertFalse(threads.take().startsWith("bistro-worker-"));
        } finally {
            go.countDown();
            server.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void areWaitedForWhenTheServerStops() throws Exception {
        NetServer server = serve(ExecutionProfile.adaptive(1));
        try (var client = new RawClient(server.address())) {
            assertEquals("x", client.send("x").read(1));
        }
        server.stop(Duration.ofSeconds(20));
        assertEquals(0, handled.getCount());
    }
}
