package dev.bistro.wire;

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

/**
 * What is logged while a test runs, by whatever thread; nobody else sees it. A line that another thread writes after
 * its answer may come late: {@link #await} waits for it.
 *
 * <pre>{@code
 * try (CapturedLog log = CapturedLog.of("dev.bistro.net", Level.WARN)) {
 *     log.await("holds up event loops");
 * }
 * }</pre>
 */
public final class CapturedLog implements AutoCloseable {
    private final Logger logger;
    private final Level before;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
            arriving.add(line(event));
        }
    };

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    /** Captures what a logger and those below it get, from this level on. */
    public static CapturedLog of(String name, Level level) {
        var log = new CapturedLog((Logger) LoggerFactory.getLogger(name));
        log.appender.start();
        log.logger.addAppender(log.appender);
        log.logger.setAdditive(false);
        log.logger.setLevel(level);
        return log;
    }

    private static String line(ILoggingEvent event) {
        return event.getLevel() + " " + event.getFormattedMessage();
    }

    /** Captures from this level on from now on. */
    public void setLevel(Level level) {
        logger.setLevel(level);
    }

    /** What was logged so far. */
    public List<ILoggingEvent> events() {
        return List.copyOf(events);
    }

    /** The texts so far. */
    public List<String> messages() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The lines so far, each a level and a text, that begin with these words; forgets all that was logged so far. */
    public List<String> take(String beginning) {
        List<String> found = events.stream()
                .map(CapturedLog::line)
                .filter(line -> line.startsWith(beginning))
                .toList();
        events.clear();
        return found;
    }

    /** Waits for a line, a level and a text, that has these words. */
    public String await(String words) throws InterruptedException {
        while (true) {
            String line = arriving.poll(30, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("Not logged: " + words);
            }
            if (line.contains(words)) {
                return line;
            }
        }
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
