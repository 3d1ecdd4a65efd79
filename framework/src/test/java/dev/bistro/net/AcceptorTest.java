package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AcceptorTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Acceptor.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void saysOnceAMinuteThatItCanNotAccept() {
        var acceptor = new Acceptor(null, null, null, null);
        var fault = new IOException("Too many open files");
        for (long millis = 5_000; millis < 125_000; millis += 250) {
            acceptor.warn(fault, millis);
        }
        assertEquals(2, log.list.size(), log.list.toString());
        acceptor.warn(fault, 125_000);
        assertEquals(3, log.list.size(), log.list.toString());
        assertEquals(
                "Can't accept connections for now, and goes on trying: java.io.IOException: Too many open files",
                log.list.get(0).getFormattedMessage());
    }
}
