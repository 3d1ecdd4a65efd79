package dev.bistro.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Config("server")
    record Example(
            @DefaultValue("1") int port,
            @DefaultValue("a") String host,
            @DefaultValue("4B") ByteSize maxBodySize) {}

    private final Problems problems = new Problems();

    private Settings.Builder settings() {
        return new Settings.Builder(problems);
    }

    private Example read(Settings.Builder builder) {
        var records = new ConfigRecords(List.of(Example.class), problems);
        Settings settings = builder.build();
        records.reportUnknown(settings);
        return records.read(Example.class, settings).orElseThrow();
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
        settings()
                .addArguments(List.of(
                        "server.port=9000",
                        "--server.port",
                        "--=1",
                        "--server.host=x=y",
                        "--shop.password",
                        "s3cret",
                        "go"));
        Golden.assertGolden("bad-argument", problems);
        assertFalse(problems.found().toString().contains("s3cret"));
    }

    @Test
    void reportsFilesThatCanNotBeRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("application.properties");
        Files.writeString(file, "a=\\u12");
        settings().addDirectory(directory);
        Files.write(file, new byte[] {'a', '=', (byte) 0xE4});
        settings().addDirectory(directory);
        Golden.assertGolden("unreadable-settings", problems, directory.toString(), "DIRECTORY");
    }

    @Test
    void readsFilesAsUtf8WithOrWithoutByteOrderMark(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("application.properties"), "\uFEFFserver.host=h\u00F6st");
        assertEquals("h\u00F6st", read(settings().addDirectory(directory)).host());
    }

    @Test
    void neverShowsASecret() {
        assertEquals("***", new Setting("shop.database-password", "s3cret", "argument").shown());
        assertEquals("***", new Setting("cookie.secret", "s3cret", "argument").shown());
        assertEquals("***", new Setting("shop.api-key", "s3cret", "argument").shown());
        assertEquals("\"x\"", new Setting("shop.name", "x", "argument").shown());
        assertEquals(
                "\"jdbc:x://***@host/shop?user=me&passWord=***&a=b\"",
                new Setting("shop.database", "jdbc:x://me:s3cret@host/shop?user=me&passWord=s3cret&a=b", "").shown());
        assertEquals("cookie.secret=*** (argument)", new Setting("cookie.secret", "s3cret", "argument").toString());
    }

    @Test
    void aSecretIsShownByRevealAlone() {
        Secret secret = Secret.of("s3cret");
        assertEquals("***", secret.toString());
        assertEquals("s3cret", secret.reveal());
        assertEquals(Secret.of("s3cret"), secret);
        assertEquals(Secret.of("s3cret").hashCode(), secret.hashCode());
        assertNotEquals(Secret.of("other"), secret);
        assertThrows(IllegalArgumentException.class, () -> Secret.of(""));
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "1400,1400B", "1024,1KiB", "2097152,2MiB", "3221225472,3GiB", "1099511627776,1024GiB"})
    void writesSizesAsTheyAreRead(long bytes, String text) {
        assertEquals(text, new ByteSize(bytes).toString());
        assertEquals(new ByteSize(bytes), ByteSize.parse(text));
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
