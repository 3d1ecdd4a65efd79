package dev.bistro.benchmarks.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which says by a line where it listens. It ends with this process. */
record DatabaseServer(Process process, int port) implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;

    /**
     * Starts it.
     *
     * @param says what it logs, with the port as the first group
     */
    static DatabaseServer start(String classPath, String main, List<String> arguments, Pattern says)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            before.append(line).append('\n');
            Matcher port = says.matcher(line);
            if (port.find()) {
                drain(output);
                return new DatabaseServer(process, Integer.parseInt(port.group(1)));
            }
        }
        throw new IOException(main + " doesn't start:\n" + before);
    }

    private static void drain(BufferedReader output) {
        var reader = new Thread(() -> {
            try {
                output.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // the process has ended
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** The processor time that the process has used, of the user and the system. */
    double processorSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
