package dev.bistro.wire;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The beginning of a command line for another process of this JDK. Without the second compiler a process that lives for
 * seconds costs half of the processor time that it would cost with it; a collector without threads of its own saves
 * some more.
 */
public final class JavaCommand {
    /** The libraries that check constraints: to load them takes a fifth of the start of a small application. */
    public static final String[] VALIDATION = {"hibernate-validator", "jakarta.validation-api"};

    private JavaCommand() {}

    /** The program, and options: a class path and a main class may be the last of them. */
    public static List<String> of(String... options) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Stream.of(options))
                .toList();
    }

    /** The class path of the tests without the libraries whose files' names begin like this. */
    public static String classPathWithout(String... libraries) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Stream.of(libraries)
                        .noneMatch(library ->
                                Path.of(entry).getFileName().toString().startsWith(library)))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
