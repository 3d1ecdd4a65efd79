package dev.bistro.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many descriptors the system lets this process have, each connection being one: Linux says so in a file. */
final class DescriptorLimit {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLimit.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+)");

    private DescriptorLimit() {}

    /** Warns if there may be more connections than the system allows. */
    static void warnAbove(int connections) {
        of(read()).stream()
                .filter(limit -> limit <= connections)
                .forEach(limit -> LOG.warn(
                        "The system lets this process have {} descriptors, which is too few for {} connections: raise the limit (ulimit -n) or lower server.max-connections",
                        limit,
                        connections));
    }

    private static String read() {
        try {
            return Files.readString(LIMITS);
        } catch (IOException | RuntimeException none) {
            return "";
        }
    }

    /** The limit in the file's text, if it has one. */
    static OptionalLong of(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }
}
