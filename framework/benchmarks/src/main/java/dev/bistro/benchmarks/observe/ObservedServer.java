package dev.bistro.benchmarks.observe;

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

/**
 * The server of the benchmarks in a process of its own, with settings of what observes it.
 *
 * @param name as it is in the table
 */
record ObservedServer(String name, Process process, int port) implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern PORT = Pattern.compile("listens on http://[^:]*:([0-9]+) ");

    /**
     * Starts it; the lines of the access log go into a file that is written over.
     *
     * @param arguments the main class, and what it is called with
     */
    static ObservedServer start(String name, Path accessLog, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dlogback.configurationFile=observe-logback.xml",
                "-Dobserved-log=" + accessLog,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(arguments);
        command.addAll(List.of("--server.host=127.0.0.1", "--server.port=0"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                drain(output);
                return new ObservedServer(name, process, Integer.parseInt(port.group(1)));
            }
        }
        throw new IOException(name + " doesn't start");
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
