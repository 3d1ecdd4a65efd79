package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Route;
import dev.bistro.wire.CapturedLog;
import dev.bistro.wire.Clients;
import dev.bistro.wire.RawClient;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log says about a {@code @NonBlocking} handler that blocks. */
@Timeout(30)
class NonBlockingTest {
    private static CountDownLatch release;

    @BeforeEach
    void listen() {
        release = new CountDownLatch(1);
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    @Route
    static final class Reports {
        @Get("/report/{id}")
        @NonBlocking
        String report(int id) throws InterruptedException {
            release.await();
            return "report " + id;
        }
    }

    @Test
    void theLogNamesTheMethodThatBreaksItsWord() throws Exception {
        try (CapturedLog log = CapturedLog.of("dev.bistro.net", Level.WARN);
                Server server = Bistro.app(NonBlockingTest.class)
                        .classes(Reports.class)
                        .port(0)
                        .start();
                var clients = new Clients<RawClient>()) {
            for (int i = 0; i < 10; i++) {
                clients.add(new RawClient(server.address()).send("GET /report/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            log.await("is said not to block");
            String warning =
                    "NonBlockingTest.Reports.report(int) is said not to block, but holds up event loops: while it does,"
                            + " it gets threads of its own";
            assertEquals(List.of(warning), log.messages());
            release.countDown();
            for (int i = 0; i < 10; i++) {
                String response = clients.get(i).readResponse();
                assertTrue(response.endsWith("report " + i), response);
            }
            assertEquals(List.of(warning), log.messages(), "said once");
        }
    }
}
