package dev.bistro.validation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.app.constrained.ConstrainedApplication;
import dev.bistro.startup.Golden;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Constraints with and without what checks them on the class path, in processes of their own. */
@Timeout(120)
class ConstraintsTest {
    /** What the application prints, and the names of the classes that it loads. */
    private static String run(String... withoutJars) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(withoutJars)
                        .noneMatch(
                                jar -> Path.of(entry).getFileName().toString().startsWith(jar)))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-Duser.language=en",
                "-cp",
                classPath,
                ConstrainedApplication.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void areCheckedWhereSomethingChecksThem() throws Exception {
        String output = run();
        assertTrue(output.contains("\"name\":\"id\",\"detail\":\"must be less than or equal to 9\""), output);
    }

    @Test
    void changeNothingWithoutTheLibrary() throws Exception {
        String output = run("jakarta.validation-api", "hibernate-validator");
        assertTrue(output.contains("\nfound\n"), output);
        assertTrue(output.contains("dev.bistro.validation.Constraints "), "the log shows what is loaded");
        assertFalse(output.contains("JakartaConstraints") || output.contains("jakarta.validation."), output);
    }

    @Test
    void areAFaultWhereNothingChecksThem() throws Exception {
        String output = run("hibernate-validator");
        assertTold("no-validation", output);
    }

    @Test
    void areAFaultWhereWhatChecksThemCanNotBeMade() throws Exception {
        String output = run("expressly", "jakarta.el-api");
        assertTold("no-validation-provider", output);
    }

    /** The report, without the lines about classes that are loaded. */
    private static void assertTold(String golden, String output) {
        assertTrue(output.contains("Bistro did not start"), output);
        String report = output.substring(output.indexOf("Bistro did not start"))
                .lines()
                .filter(line -> !line.matches("\\[[0-9].*"))
                .collect(Collectors.joining("\n"));
        Golden.assertText(golden, report.stripTrailing() + "\n");
    }
}
