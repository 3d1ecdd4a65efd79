package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.LiveBody;
import dev.bistro.http.spi.LivePayload;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code of the application that runs when no request comes must hold up nobody. There is one loop, so that it would. */
@Timeout(120)
class UnseenCodeTest {
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Waits in each of its methods until the test releases it. */
    private static final class Stubborn implements LiveBody {
        private final Semaphore entered = new Semaphore(0);
        private final Semaphore gate = new Semaphore(0);
        private final AtomicInteger closings = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger(2);

        private void stall() {
            entered.release();
            gate.acquireUninterruptibly();
        }

        @Override
        public void start(Runnable wake) {
            stall();
        }

        @Override
        public byte[] next() {
            stall();
            return left.getAndDecrement() > 0 ? new byte[] {'x'} : new byte[0];
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public Duration heartbeatInterval() {
            return Duration.ofMillis(1);
        }

        @Override
        public byte[] heartbeat() {
            stall();
            return new byte[] {'.'};
        }

        @Override
        public void close() {
            closings.incrementAndGet();
            stall();
        }
    }

    private static void assertOthersAreServed(RawClient other) throws Exception {
        assertTrue(other.send("GET /next" + GET).readResponse().endsWith("next"));
    }

    @Test
    void noMethodOfALiveBodyHoldsUpOthers() throws Exception {
        var body = new Stubborn();
        try (var server = EngineServer.builder()
                        .at("/", request -> Response.ok(new LivePayload(body)))
                        .at("/next", Execution.NON_BLOCKING, request -> EngineServer.text(Status.OK, "next"))
                        .start();
                var other = new RawClient(server.address())) {
            try (var client = new RawClient(server.address())) {
                client.send("GET /" + GET);
                for (int i = 0; i < 6; i++) { // start, next twice with a piece, next without one, heartbeat, next
                    body.entered.acquire();
                    assertOthersAreServed(other);
                    body.gate.release();
                }
            }
            while (body.closings.get() == 0) {
                body.gate.release();
                LockSupport.parkNanos(1_000_000);
            }
            assertOthersAreServed(other);
            body.gate.release(10);
            server.net().stop(Duration.ofSeconds(10));
            assertEquals(1, body.closings.get());
        } finally {
            body.gate.release(100);
        }
    }

    @Test
    void pipelinedRunsThatTakeTheirTimeAreLearnedAfterAFew() throws Exception {
        int count = 60;
        Set<Thread> apart = ConcurrentHashMap.newKeySet();
        var onLoops = new AtomicInteger();
        try (var server = EngineServer.builder()
                        .at("/", request -> {
                            boolean onLoop = Thread.currentThread().getName().startsWith("bistro-worker");
                            if (onLoop) {
                                onLoops.incrementAndGet();
                            } else {
                                apart.add(Thread.currentThread());
                            }
                            LockSupport.parkNanos(20_000_000);
                            return EngineServer.text(Status.OK, "slow");
                        })
                        .start();
                var client = new RawClient(server.address())) {
            client.send(("GET /" + GET).repeat(count));
            for (int i = 0; i < count; i++) {
                assertTrue(client.readResponse().endsWith("slow"));
            }
            assertTrue(onLoops.get() < 15, onLoops.get() + " of " + count + " ran on a loop's thread");
        }
    }
}
