package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.app.tiny.TinyApplication;
import dev.bistro.wire.Clients;
import dev.bistro.wire.JavaCommand;
import dev.bistro.wire.RawClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application as a process: how it starts and how it ends. A thread that reads from a process can't be interrupted,
 * so that each test has one of its own, which can be left behind.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTest {
    private Process process;
    private BufferedReader lines;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @TempDir
    Path classes;

    @TempDir
    Path directory;

    private void run(Map<String, String> environment, String... args) throws IOException {
        runAs(List.of(), environment, args);
    }

    /** Runs it by way of another command, which gets this one as its arguments. */
    private void runAs(List<String> by, Map<String, String> environment, String... args) throws IOException {
        var command = new ArrayList<>(JavaCommand.of(
                "-Dlogback.configurationFile=logback-process.xml",
                "-cp",
                classes + File.pathSeparator + JavaCommand.classPathWithout(JavaCommand.VALIDATION)));
        environment.forEach((key, value) -> {
            if (key.startsWith("-D")) {
                command.add(2, key + "=" + value);
            }
        });
        command.add(TinyApplication.class.getName());
        command.addAll(List.of(args));
        command.addAll(0, by);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        environment.forEach((key, value) -> {
            if (!key.startsWith("-D")) {
                builder.environment().put(key, value);
            }
        });
        process = builder.start();
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private String lineWith(String part) throws IOException {
        var read = new ArrayList<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.add(line);
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("No line with \"" + part + "\" in " + read);
    }

    private int startedPort() throws IOException {
        return Integer.parseInt(lineWith("listens on").replaceAll(".*localhost:(\\d+).*", "$1"));
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void tellsItsRoutesAndItsPortAndEndsInOrder() throws Exception {
        run(Map.of(), "--server.port=0");
        assertTrue(lineWith("GET   /hello/{name}").endsWith("TinyApplication.Door.hello(String)"));
        int port = startedPort();
        try (var client = new RawClient(address(port));
                var idle = new RawClient(address(port))) {
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            lineWith("slow");
            idle.send("GET /hello/Ann HTTP/1.1\r\nHost: a\r\n\r\n").readResponse(); // it has been accepted
            process.toHandle().destroy(); // SIGTERM
            assertEquals("", idle.readToEnd(), "what is idle is closed at once");
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertTrue(client.readToEnd().endsWith("waited"), "what was running has finished");
        }
        lineWith("shut");
        lineWith("closed");
        assertEquals(0, process.waitFor());
    }

    /** The port is that of a system property; in other tests it is an argument. */
    @Test
    void aSecondSignalEndsTheDelayOfAStopAndAThirdTheProcess() throws Exception {
        run(Map.of("-Dserver.port", "0"), "--server.drain-delay=30m", "--server.stop-timeout=1h");
        int port = startedPort();
        assertTrue(port != 8080);
        String hello = "GET /hello/Ann HTTP/1.1\r\nHost: a\r\n\r\n";
        try (var slow = new RawClient(address(port));
                var idle = new RawClient(address(port))) {
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            lineWith("slow");
            idle.send(hello).readResponse();
            process.toHandle().destroy(); // SIGTERM
            lineWith("Not ready any more");
            String answer = RawClient.exchange(address(port), hello);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
            process.toHandle().destroy();
            assertEquals("", idle.readToEnd(), "what is idle is closed when the delay ends");
            process.toHandle().destroy();
            assertEquals(143, process.waitFor());
        }
    }

    @Test
    void closesWhatItMadeIfItIsStoppedWhileItStarts() throws Exception {
        run(Map.of(), "--server.port=0", "--tiny.wait-at-start=true");
        lineWith("opening");
        process.toHandle().destroy(); // SIGTERM
        lineWith("closed");
        lineWith("Stopped before it had started");
        assertEquals(null, lines.readLine(), "no report, and no stack trace");
        assertEquals(128 + 15, process.waitFor());
    }

    /** The port is that of the environment. */
    @Test
    void endsAtOnceWhenItIsToldTwice() throws Exception {
        run(Map.of("SERVER_PORT", "0"), "--server.stop-timeout=1h");
        int port = startedPort();
        assertTrue(port != 8080);
        try (var client = new RawClient(address(port))) {
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            lineWith("slow");
            process.toHandle().destroy();
            lineWith("Stopping");
            process.toHandle().destroy();
            assertEquals(128 + 15, process.waitFor());
        }
    }

    @Test
    void keepsDescriptorsForItselfWhereTheSystemGivesFew() throws Exception {
        runAs(List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"), Map.of(), "--server.port=0");
        String warning = lineWith("200 descriptors, which is too few for 10000 connections");
        int most = Integer.parseInt(warning.replaceAll(".*at most (\\d+) at a time.*", "$1"));
        assertTrue(most >= 50 && most <= 168, warning);
        int port = startedPort();
        try (var clients = new Clients<RawClient>()) {
            for (int i = 0; i < 200; i++) {
                clients.add(new RawClient(address(port)));
            }
            String request = "GET /hello/Ann HTTP/1.1\r\nHost: a\r\n\r\n";
            assertTrue(clients.get(0).send(request).readResponse().endsWith("Hello, Ann!"), "the first");
            RawClient last = clients.get(199).send(request);
            for (int i = 1; i < 199; i++) {
                clients.get(i).close();
            }
            assertTrue(last.readResponse().endsWith("Hello, Ann!"), "who waited longest");
        }
        process.toHandle().destroy();
        String rest = lines.lines().collect(Collectors.joining("\n"));
        assertFalse(rest.contains("WARN") || rest.contains("ERROR"), rest);
        assertEquals(0, process.waitFor());
    }

    @Test
    void takesEachSettingFromTheStrongestSource() throws Exception {
        var all = List.of("class-path", "directory", "environment", "property", "argument");
        writeSettings(classes, "class path", all);
        writeSettings(directory, "directory", all.subList(1, 5));
        run(
                Map.of(
                        "TINY_SOURCES_ENVIRONMENT", "environment",
                        "TINY_SOURCES_PROPERTY", "environment",
                        "TINY_SOURCES_ARGUMENT", "environment",
                        "-Dtiny.sources.property", "property",
                        "-Dtiny.sources.argument", "property",
                        "TINY_PASSWORD", "s3cret"),
                "--tiny.sources.argument=argument",
                "--server.port=0");
        String line = lineWith("opening");
        assertTrue(
                line.contains("Sources[defaults=default, classPath=class path, directory=directory,"
                        + " environment=environment, property=property, argument=argument]"),
                line);
        assertTrue(line.contains("password=Optional[***]"), line);
    }

    private static void writeSettings(Path directory, String value, List<String> names) throws IOException {
        var lines =
                names.stream().map(name -> "tiny.sources." + name + "=" + value).toList();
        Files.write(directory.resolve("application.properties"), lines);
    }

    @Test
    void printsItsRoutesAndStartsNothing() throws Exception {
        runAs(List.of("sh", "-c", "exec \"$@\" 2>/dev/null", "sh"), Map.of(), "--routes", "--tiny.password=s3cret");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("TinyApplication has "), text);
        assertTrue(text.contains("access   anybody\n"), text);
        assertFalse(text.contains("s3cret") || text.contains("opening") || text.contains("INFO"), text);
        assertEquals(0, process.waitFor());
    }

    @Test
    void reportsTheFaultsOfAStartInThePlaceOfRoutes() throws Exception {
        run(Map.of("SERVER_PORT", "taken"), "--routes=json");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("Bistro did not start: 1 problem."), text);
        assertFalse(text.contains("\"routes\""), text);
        assertEquals(1, process.waitFor());
    }

    @Test
    void printsItsSettingsAndStartsNothing() throws Exception {
        run(Map.of("SERVER_PORT", "taken"), "--help", "--tiny.password=s3cret");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("TinyApplication takes settings as arguments: --key=value\n"), text);
        assertTrue(text.contains("""

                          server.port = 8080
                              the port to listen on; 0 for a free one
                              a whole number
                        """), text);
        assertTrue(text.contains("""

                        tiny: an application for tests

                          tiny.wait-at-start = false
                              whether the start waits until it is interrupted
                              true or false

                          tiny.password (may be left out)
                              who may come in
                              a secret, not empty

                          tiny.sources.defaults = default
                              a text
                        """), text);
        assertFalse(text.contains("s3cret") || text.contains("opening") || text.contains("INFO"), text);
        assertEquals(0, process.waitFor());
    }

    @Test
    void saysInOneLineThatThePortIsInUse() throws Exception {
        try (var taken = new ServerSocket(0)) {
            run(Map.of(), "--server.port=" + taken.getLocalPort());
            String line = lineWith("ERROR");
            assertTrue(
                    line.contains("Can't listen on 0.0.0.0:" + taken.getLocalPort() + ": Address already in use.")
                            && line.contains("--server.port=9000"),
                    line);
            assertEquals(null, lines.readLine(), "one line, and no stack trace");
            assertEquals(1, process.waitFor());
        }
    }

    @Test
    void endsWithTheReportIfItCanNotStart() throws Exception {
        run(Map.of(), "--server.prot=0");
        lineWith("Bistro did not start: 1 problem.");
        lineWith("1) [unknown-setting] There is no setting \"server.prot\" (argument --server.prot).");
        lineWith("Did you mean \"server.port\"?");
        assertEquals(1, process.waitFor());
    }
}
