package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path root;

    @Test
    void namesEverySettingThatIsUnknownOrUnreadable() {
        var builder = Sample.readOnly(root).set("files.quota", "much").set("files.uplaod", "true");
        var fault = assertThrows(StartupException.class, builder::start);
        assertEquals(
                List.of("unknown-setting", "bad-setting"),
                fault.problems().stream().map(Problem::id).toList());
        assertTrue(fault.getMessage().contains("Did you mean \"files.upload\"?"), fault.getMessage());
    }

    @Test
    void namesEverythingThatCannotBeMeant() {
        var builder = Sample.readOnly(root.resolve("missing"))
                .set("files.delete", "true")
                .set("files.user", "a:b");
        String message = assertThrows(StartupException.class, builder::start).getMessage();
        for (String part :
                List.of("there is none at", "user and password are needed", "user has a colon", "files.root")) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void saysOnAPortOfItsOwnThatItIsReady() throws Exception {
        try (var server = Sample.readOnly(root).start()) {
            int port = server.managementAddress().orElseThrow().getPort();
            var ready = new URL("http://127.0.0.1:" + port + "/health/ready");
            var connection = (HttpURLConnection) ready.openConnection();
            assertEquals(200, connection.getResponseCode());
        }
    }

    @Test
    void neverShowsThePassword() {
        var builder = Sample.readOnly(root.resolve("missing")).set("files.password", "very secret");
        var fault = assertThrows(StartupException.class, builder::start);
        assertFalse(fault.getMessage().contains("very secret"), fault.getMessage());
        try (var server = Sample.writable(root).start()) {
            FilesSettings settings = server.get(FilesSettings.class);
            assertEquals(Sample.PASSWORD, settings.password().orElseThrow().reveal());
            assertFalse(settings.toString().contains(Sample.PASSWORD));
        }
    }
}
