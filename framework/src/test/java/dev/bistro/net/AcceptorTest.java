package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import dev.bistro.wire.CapturedLog;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptorTest {
    @Test
    void saysOnceAMinuteThatItCanNotAccept() {
        var acceptor = new Acceptor(null, null, null, null);
        var fault = new IOException("Too many open files");
        String told = "Can't accept connections for now, and goes on trying: java.io.IOException: Too many open files";
        try (CapturedLog log = CapturedLog.of(Acceptor.class.getName(), Level.WARN)) {
            for (long millis = 5_000; millis < 125_000; millis += 250) {
                acceptor.warn(fault, millis);
            }
            assertEquals(List.of(told, told), log.messages());
            acceptor.warn(fault, 125_000);
            assertEquals(List.of(told, told, told), log.messages());
        }
    }
}
