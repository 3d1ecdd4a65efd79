package dev.bistro.observe;

import dev.bistro.http.spi.RequestObserver;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: a line for each answer, of requests and of what is none, by a logger of its own. Where an answer is
 * told, an entry of a few values is made and put into a ring; the rest is done by one thread.
 *
 * <pre>
 *   onAnswered ─▶ AccessEntry ─▶ AccessRing ─▶ AccessLogWriter ─▶ a line ─▶ the logger bistro.access
 *     loops and handlers' threads      │          a thread of its own
 *                                      └ full: dropped, and counted
 * </pre>
 */
public final class AccessLog implements RequestObserver {
    /** The name of the logger, which writes lines on the level INFO. */
    public static final String LOGGER = "bistro.access";

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** Room for the time in which a log's file can't be written to, such as a second with 16,000 requests. */
    private static final int MAX_ENTRIES = 16 * 1024;

    private static final int MAX_CHARS = 16 * 1024 * 1024;

    private final Logger lines;
    private final AccessLogWriter writer;

    private AccessLog(Logger lines, AccessLogWriter writer) {
        this.lines = lines;
        this.writer = writer;
    }

    /** Begins a log that goes on until it is {@linkplain #close closed}; empty, and without a thread, if it is off. */
    public static Optional<AccessLog> open(AccessLogFormat format) {
        return format.lines().map(written -> {
            Logger lines = LoggerFactory.getLogger(LOGGER);
            if (!lines.isInfoEnabled()) {
                LOG.warn(
                        "The access log is on (server.access-log), and nothing of it is written:"
                                + " the logger {} has a level above INFO",
                        LOGGER);
            }
            var ring = new AccessRing(MAX_ENTRIES, MAX_CHARS);
            var writer = new AccessLogWriter(ring, entry -> lines.info(written.apply(entry)), System::nanoTime);
            writer.start();
            return new AccessLog(lines, writer);
        });
    }

    @Override
    public void onAnswered(Answered answered) {
        if (lines.isInfoEnabled()) {
            writer.put(AccessEntry.of(answered, System.currentTimeMillis()));
        }
    }

    /** How many lines are missing so far, since they came faster than they could be written. */
    public long droppedLines() {
        return writer.droppedLines();
    }

    /** Writes what is left, and returns when that is done. What is put from now on may be lost. */
    public void close() throws InterruptedException {
        writer.close();
    }
}
