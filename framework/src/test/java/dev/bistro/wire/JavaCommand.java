package dev.bistro.wire;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The beginning of a command line for another process of this JDK. Without the second compiler a process that lives for
 * seconds costs half of the processor time that it would cost with it; a collector without threads of its own saves
 * some more.
 */
public final class JavaCommand {
    private JavaCommand() {}

    /** The program, and options: a class path and a main class may be the last of them. */
    public static List<String> of(String... options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Stream.of(options))
                .toList();
    }
}
