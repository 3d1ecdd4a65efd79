package dev.bistro.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs while a test talks with it: the test sends something and waits for what the program says to it.
 * Its standard output and error are one text. It is ended at its deadline, after which a test that still waits fails.
 *
 * <pre>{@code
 * try (Dialogue client = Command.of("openssl", "s_client", "-connect", address).start()) {
 *     client.readUntil("read R BLOCK");
 *     client.send("R\n").readUntil("RENEGOTIATING");
 * }
 * }</pre>
 */
public final class Dialogue implements AutoCloseable {
    private final Process process;
    private final InputStream output;
    private final StringBuilder said = new StringBuilder();

    Dialogue(Process process, long deadlineMillis) {
        this.process = process;
        this.output = process.getInputStream();
        process.onExit().orTimeout(deadlineMillis, TimeUnit.MILLISECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return process;
        });
    }

    /** Writes to its standard input, each character as one byte. */
    public Dialogue send(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        process.getOutputStream().flush();
        return this;
    }

    /** Waits until it says this, and returns what it said since the last wait, this inclusive. */
    public String readUntil(String text) throws IOException {
        int from = said.length();
        while (said.indexOf(text, from) < 0) {
            int next = output.read();
            if (next < 0) {
                throw new AssertionError("It ended, and didn't say \"" + text + "\":\n" + said);
            }
            said.append((char) next);
        }
        return said.substring(from);
    }

    /** Interrupts it, as a terminal does for who types Ctrl-C. */
    public Dialogue interrupt() {
        Command.of("sh", "-c", "kill -INT " + process.pid()).run().assertSuccess();
        return this;
    }

    /** Waits until it ends by itself, and returns what it said since the last wait. */
    public String readToEnd() throws IOException {
        return new String(output.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
