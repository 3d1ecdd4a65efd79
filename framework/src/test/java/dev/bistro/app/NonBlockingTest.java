package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.Route;
import dev.bistro.wire.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the log says about a {@code @NonBlocking} handler that blocks. */
@Timeout(30)
class NonBlockingTest {
    private static CountDownLatch release;
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.bistro.net");
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            warnings.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        release = new CountDownLatch(1);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void release() {
        release.countDown();
        logger.detachAppender(log);
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
        List<RawClient> clients = new ArrayList<>();
        try (Server server =
                Bistro.app(NonBlockingTest.class).classes(Reports.class).port(0).start()) {
            for (int i = 0; i < 10; i++) {
                clients.add(new RawClient(server.address()).send("GET /report/" + i + " HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            String warning = warnings.poll(20, TimeUnit.SECONDS);
            assertEquals(
                    "NonBlockingTest.Reports.report(int) is said not to block, but holds up event loops: while it does,"
                            + " it gets threads of its own",
                    warning);
            release.countDown();
            for (int i = 0; i < 10; i++) {
                String response = clients.get(i).readResponse();
                assertTrue(response.endsWith("report " + i), response);
            }
            assertTrue(warnings.isEmpty(), "said once, not " + warnings);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
