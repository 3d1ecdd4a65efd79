package dev.bistro.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.observe.jfr.FlightRecorder;
import dev.bistro.observe.tracing.TracingLibrary;
import dev.bistro.wire.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server where there is neither OpenTelemetry nor Lettuce nor a flight recorder. */
@Timeout(60)
class WithoutLibrariesTest {
    private static final Pattern LOADED =
            Pattern.compile("^.*?\\b((?:dev\\.bistro\\.(?:observe\\.(?:tracing|jfr)|feed\\.redis)"
                    + "|io\\.opentelemetry|io\\.lettuce)\\.\\S+).*$");

    @Test
    void knowsWhetherTheyAreThere() {
        ClassLoader here = getClass().getClassLoader();
        assertEquals(
                "OpenTelemetry", TracingLibrary.beanType(here).orElseThrow().getSimpleName());
        assertEquals(Optional.empty(), TracingLibrary.beanType(ClassLoader.getPlatformClassLoader()));
        assertTrue(FlightRecorder.isIn(here));
    }

    @Test
    void loadsNothingOfThem() throws IOException {
        String classPath = JavaCommand.classPathWithout("opentelemetry", "lettuce");
        List<String> java = JavaCommand.of(
                "--limit-modules",
                "java.logging,java.management,java.naming,java.sql,java.xml,jdk.unsupported",
                "-verbose:class",
                "-cp",
                classPath,
                BareStart.class.getName());

        Process process = new ProcessBuilder(java).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(
                out.contains("Answered: HTTP/1.1 200"),
                () -> "it answers without them: "
                        + out.lines().filter(line -> !line.contains("source:")).toList());
        var loaded = out.lines()
                .map(LOADED::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                List.of(FlightRecorder.class.getName(), TracingLibrary.class.getName()),
                List.copyOf(loaded),
                "these two say that nothing is there");
        assertFalse(out.contains("jdk.jfr."), "not even what Java has");
    }
}
