package dev.bistro.validation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.app.constrained.ConstrainedApplication;
import dev.bistro.startup.Golden;
import dev.bistro.wire.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Constraints with and without what checks them on the class path, in processes of their own. */
@Timeout(120)
class ConstraintsTest {
    private static final String QUIET = "-Xlog:disable";

    /** What the application prints, and with that option of the JVM the names of the classes that it loads. */
    private static String run(String option, String... withoutJars) throws IOException, InterruptedException {
        String classPath = JavaCommand.classPathWithout(withoutJars);
        List<String> command =
                JavaCommand.of(option, "-Duser.language=en", "-cp", classPath, ConstrainedApplication.class.getName());
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
        String output = run(QUIET);
        assertTrue(output.contains("\"name\":\"id\",\"detail\":\"must be less than or equal to 9\""), output);
    }

    @Test
    void changeNothingWithoutTheLibrary() throws Exception {
        String output = run("-Xlog:class+load", "jakarta.validation-api", "hibernate-validator");
        assertTrue(output.contains("\nfound\n"), output);
        assertTrue(output.contains("dev.bistro.validation.Constraints "), "the log shows what is loaded");
        assertFalse(output.contains("JakartaConstraints") || output.contains("jakarta.validation."), output);
    }

    @Test
    void areAFaultWhereNothingChecksThem() throws Exception {
        String output = run(QUIET, "hibernate-validator");
        assertTold("no-validation", output);
    }

    @Test
    void areAFaultWhereWhatChecksThemCanNotBeMade() throws Exception {
        String output = run(QUIET, "expressly", "jakarta.el-api");
        assertTold("no-validation-provider", output);
    }

    private static void assertTold(String golden, String output) {
        assertTrue(output.contains("Bistro did not start"), output);
        String report = output.substring(output.indexOf("Bistro did not start"));
        Golden.assertText(golden, report.stripTrailing() + "\n");
    }
}
