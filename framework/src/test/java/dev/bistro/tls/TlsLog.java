package dev.bistro.tls;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What the room logs while a test runs. */
final class TlsLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.bistro.tls");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getLevel() + " " + event.getFormattedMessage();
            lines.add(line);
            arriving.add(line);
        }
    };

    TlsLog() {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    /** The lines so far that begin with these words; they are taken out. */
    List<String> take(String beginning) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(beginning)).toList();
        lines.clear();
        return found;
    }

    /** Waits for a line that has this text. */
    String await(String text) throws InterruptedException {
        while (true) {
            String line = arriving.poll(30, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("Not logged: " + text);
            }
            if (line.contains(text)) {
                return line;
            }
        }
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
