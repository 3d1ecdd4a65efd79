package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A request that takes longer than its {@code @Timeout} is one line in the log, whatever its code makes of that. */
@Timeout(60)
class TimeoutLogTest {
    private static final AtomicInteger HANDLED = new AtomicInteger();

    @Route("/")
    @dev.bistro.annotation.Timeout("100ms")
    static final class Slow {
        @Get("/interrupted")
        String interrupted() throws InterruptedException {
            new CountDownLatch(1).await();
            return "never";
        }

        @Get("/wrapped")
        String wrapped() {
            try {
                return interrupted();
            } catch (InterruptedException e) {
                throw new IllegalStateException("no answer from the database", e);
            }
        }

        @Get("/filtered")
        String filtered() {
            return "never";
        }

        @Get("/begun")
        StreamingBody begun() {
            return output -> {
                output.write('x');
                output.flush();
                wrapped();
            };
        }

        @Get("/unwritten")
        StreamingBody unwritten() {
            return output -> wrapped();
        }

        @Get("/error")
        String error() {
            try {
                return interrupted();
            } catch (InterruptedException e) {
                throw new AssertionError("a fault of its own");
            }
        }
    }

    @Filter("/filtered")
    static final class Waiting {
        Response<?> filter(Request request, Chain chain) throws Exception {
            new CountDownLatch(1).await();
            return chain.proceed();
        }
    }

    static final class Handlers {
        @ExceptionHandler
        Response<String> any(Exception fault) {
            HANDLED.incrementAndGet();
            return Response.ok("handled");
        }
    }

    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                logged.add(event);
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger().addAppender(appender);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(appender);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.bistro");
    }

    @ParameterizedTest
    @CsvSource({
        "/interrupted, 503, WARN",
        "/wrapped,     503, WARN",
        "/filtered,    503, WARN",
        "/begun,       200, WARN",
        "/unwritten,   503, WARN",
        "/error,       503, WARN ERROR"
    })
    void isOneLine(String path, String status, String levels) throws IOException {
        HANDLED.set(0);
        try (Server server = Bistro.app(TimeoutLogTest.class)
                .classes(Slow.class, Waiting.class, Handlers.class)
                .port(0)
                .start()) {
            String answer = RawClient.exchange(
                    server.address(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        } // waits for what still runs
        List<String> found =
                logged.stream().map(event -> event.getLevel().toString()).toList();
        assertEquals(levels, String.join(" ", found), logged.toString());
        assertTrue(logged.get(0).getFormattedMessage().contains("It took longer than"), logged.toString());
        assertEquals(0, HANDLED.get(), "nobody would get its answer");
    }
}
