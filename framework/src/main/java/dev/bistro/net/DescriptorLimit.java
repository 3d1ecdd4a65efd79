package dev.bistro.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's limit on the file descriptors of this process, of which each connection takes one; Linux has it in a
 * file. Some are kept free for everything else: without any, no file can be opened, and a class whose loading fails
 * then can never be loaded.
 */
final class DescriptorLimit {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLimit.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+)");
    private static final int MIN_KEPT = 32;
    private static final int MAX_KEPT = 256;
    private static final int MIN_CONNECTIONS = 8;

    private DescriptorLimit() {}

    /**
     * The number of connections that there may be: as many as are wanted, or with a warning as many as the system
     * allows.
     */
    static int connections(int wanted) {
        OptionalLong limit = parse(read());
        long allowed = limit.isEmpty() ? wanted : connections(wanted, limit.getAsLong(), open());
        if (allowed < wanted) {
            LOG.warn(
                    "The system lets this process have {} descriptors, which is too few for {} connections: there will"
                            + " be at most {} at a time; raise the limit (ulimit -n) or lower server.max-connections",
                    limit.getAsLong(),
                    wanted,
                    allowed);
        }
        return (int) allowed;
    }

    /** The number of connections that there may be where so many descriptors are open already. */
    static long connections(int wanted, long limit, long open) {
        long kept = Math.max(MIN_KEPT, Math.min(limit / 8, MAX_KEPT));
        return Math.min(wanted, Math.max(limit - open - kept, MIN_CONNECTIONS));
    }

    private static long open() {
        try (Stream<Path> all = Files.list(OPEN)) {
            return all.count();
        } catch (IOException | RuntimeException none) {
            return 0;
        }
    }

    private static String read() {
        try {
            return Files.readString(LIMITS);
        } catch (IOException | RuntimeException none) {
            return "";
        }
    }

    /** Reads the limit from the file's text, if it has one. */
    static OptionalLong parse(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }
}
