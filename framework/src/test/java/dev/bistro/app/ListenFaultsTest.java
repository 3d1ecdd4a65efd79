package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.app.tiny.TinyApplication;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that can't listen says which of its settings helps. */
class ListenFaultsTest {
    /** An address for documentation, which is no machine's (RFC 5737). */
    private static final String NOT_OURS = "192.0.2.1";

    @Test
    void namesTheSettingOfAPortThatIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertEquals(
                    "Stop what uses the port, or take another one: --server.port=9000, SERVER_PORT=9000, or 0 for a"
                            + " free one.",
                    cure(loopback().set("server.port", "" + port)));
            assertEquals(
                    "Stop what uses the port, or take another one: --server.tls.port=9443, SERVER_TLS_PORT=9443, or 0"
                            + " for a free one.",
                    cure(loopback().port(0).set("server.tls.port", "" + port).set("server.tls.development", "true")));
            assertEquals(
                    "Stop what uses the port, or take another one in server.listen, or 0 for a free one.",
                    cure(app().set("server.listen", "127.0.0.1:0, 127.0.0.1:" + port)));
        }
    }

    @Test
    void namesTheSettingOfAnAddressThatIsAnotherMachines() {
        assertEquals(
                "Set server.host to an address of this machine, or to 0.0.0.0 for all.",
                cure(app().set("server.host", NOT_OURS).port(0)));
        assertEquals(
                "Set server.listen to an address of this machine, or to 0.0.0.0 for all.",
                cure(app().set("server.listen", NOT_OURS + ":0")));
        assertEquals(
                "Set server.host to an address of this machine, or to 0.0.0.0 for all.",
                cure(app().set("server.listen", "127.0.0.1:0")
                        .set("server.host", NOT_OURS)
                        .set("server.tls.port", "0")
                        .set("server.tls.development", "true")));
    }

    @Test
    void namesTheSettingOfASocketFile(@TempDir Path folder) {
        assertEquals(
                "Look at the path in server.listen, and at who may write to its folder.",
                cure(app().set("server.listen", "unix:" + folder.resolve("none/shop.sock"))));
    }

    private static BistroBuilder app() {
        return Bistro.app(TinyApplication.class);
    }

    private static BistroBuilder loopback() {
        return app().set("server.host", "127.0.0.1");
    }

    /** The last line of the fault. */
    private static String cure(BistroBuilder app) {
        String text = assertThrows(StartupException.class, app::start).getMessage();
        assertTrue(text.contains("1) [cannot-listen] Can't listen on "), text);
        String[] lines = text.strip().split("\n");
        return lines[lines.length - 1].strip();
    }
}
