package dev.bistro.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    enum Colour {
        RED,
        GREEN
    }

    record Example(
            int port,
            long count,
            boolean open,
            String host,
            Duration idleTimeout,
            ByteSize maxBodySize,
            URI home,
            Path root,
            Colour colour) {
        static final Example DEFAULTS = new Example(
                1, 2, true, "a", Duration.ofSeconds(3), new ByteSize(4), URI.create("x:y"), Path.of("r"), Colour.RED);
    }

    private final Problems problems = new Problems();

    private Settings.Builder settings() {
        return new Settings.Builder(problems);
    }

    private Example read(Settings.Builder builder) {
        return new SettingsReader(builder.build(), problems).read("server", Example.DEFAULTS);
    }

    @Test
    void readsEachTypeFromItsText() {
        Example read = read(settings()
                .addArguments(List.of(
                        "--server.port=9000",
                        "--server.count= 12 ",
                        "--server.open=false",
                        "--server.host=",
                        "--server.idle-timeout=500ms",
                        "--server.max-body-size=10MB",
                        "--server.home=https://example.org/",
                        "--server.root=/srv",
                        "--server.colour=green")));
        assertEquals(
                new Example(
                        9000,
                        12,
                        false,
                        "",
                        Duration.ofMillis(500),
                        new ByteSize(10_000_000),
                        URI.create("https://example.org/"),
                        Path.of("/srv"),
                        Colour.GREEN),
                read);
        assertTrue(problems.isEmpty());
    }

    @Test
    void keepsDefaultsWhereNothingIsSet() {
        assertEquals(Example.DEFAULTS, read(settings()));
    }

    @Test
    void takesTheStrongestSource(@TempDir Path classes, @TempDir Path directory) throws IOException {
        var expected = new String[] {"classpath", "directory", "environment", "system", "argument", "program"};
        for (int last = 0; last < expected.length; last++) {
            Settings.Builder builder = settings();
            Files.writeString(classes.resolve("application.properties"), "server.host=classpath");
            try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
                builder.addClassPath(loader);
            }
            if (last >= 1) {
                Files.writeString(directory.resolve("application.properties"), "server.host=directory");
                builder.addDirectory(directory);
            }
            if (last >= 2) {
                builder.addEnvironment(Map.of("SERVER_HOST", "environment", "SERVER_FOREIGN", "ignored"));
            }
            if (last >= 3) {
                var system = new Properties();
                system.setProperty("server.host", "system");
                builder.addSystemProperties(system);
            }
            if (last >= 4) {
                builder.addArguments(List.of("--server.host=argument"));
            }
            if (last >= 5) {
                builder.addProgram(Map.of("server.host", "program"));
            }
            assertEquals(expected[last], read(builder).host());
        }
        assertTrue(problems.isEmpty());
    }

    @Test
    void findsAWordOfTheEnvironmentForEachKey() {
        Settings.Builder builder = settings().addEnvironment(Map.of("SERVER_MAX_BODY_SIZE", "5KiB"));
        assertEquals(new ByteSize(5120), read(builder).maxBodySize());
    }

    @Test
    void reportsValuesThatDoNotConvert() {
        var system = new Properties();
        system.setProperty("server.open", "yes");
        Example read = read(settings()
                .addEnvironment(Map.of("SERVER_PORT", "http"))
                .addSystemProperties(system)
                .addArguments(
                        List.of("--server.idle-timeout=soon", "--server.max-body-size=-1", "--server.colour=blue")));
        assertEquals(Example.DEFAULTS, read);
        Golden.assertGolden("bad-setting", problems);
    }

    @Test
    void reportsUnknownSettings(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("application.properties"), "server.xyzzy=1\nother.key=2");
        read(settings().addDirectory(directory).addArguments(List.of("--server.prot=9000")));
        String report = problems.found().toString();
        assertTrue(report.contains("Did you mean \"server.port\"?"), report);
        assertTrue(report.contains("\"server.xyzzy\" (" + directory.resolve("application.properties") + ")"), report);
        assertFalse(report.contains("other.key"), report);
    }

    @Test
    void reportsArgumentsThatAreNotUnderstood() {
        settings().addArguments(List.of("server.port=9000", "--server.port", "--=1", "--server.host=x=y"));
        Golden.assertGolden("bad-argument", problems);
    }

    @Test
    void reportsFilesThatCanNotBeRead(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("application.properties"), "a=\\u12");
        settings().addDirectory(directory);
        assertEquals("unreadable-settings", problems.found().get(0).id());
    }

    @Test
    void neverShowsASecret() {
        assertEquals("***", new Setting("shop.database-password", "s3cret", "argument").shown());
        assertEquals("***", new Setting("cookie.secret", "s3cret", "argument").shown());
        assertEquals("\"x\"", new Setting("shop.name", "x", "argument").shown());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "12B,12", "1 kB,1000", "64KiB,65536", "10mb,10000000", "1GiB,1073741824"})
    void readsSizes(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5MB", "MB", "1TB", "99999999999GiB", "1 2"})
    void rejectsSizes(String text) {
        assertThrows(RuntimeException.class, () -> ByteSize.parse(text));
    }
}
