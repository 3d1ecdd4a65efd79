package dev.bistro.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Makes certificates and keys by {@code openssl}, as users do. */
final class OpenSsl {
    private OpenSsl() {}

    /** Runs a script of the shell in this folder; the test is left out if the program isn't there. */
    static void run(Path folder, String script) {
        Assumptions.assumeTrue(answers("openssl", "version"), "there is no openssl");
        String output = output(folder, "sh", "-ec", script);
        assertEquals("0", output.substring(output.lastIndexOf(' ') + 1), () -> output);
    }

    /** Whether there is such a program. */
    static boolean answers(String... command) {
        try {
            return output(Path.of("."), command).endsWith(" 0");
        } catch (AssertionError missing) {
            return false;
        }
    }

    /** What a command writes to both of its outputs, and after a blank its status. */
    static String output(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It doesn't end: " + String.join(" ", command));
            }
            return output + " " + process.exitValue();
        } catch (IOException missing) {
            throw new AssertionError("It can't be started: " + command[0], missing);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
