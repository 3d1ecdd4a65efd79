package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import dev.bistro.net.MemoryServer;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.result.ErrorWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenPortsTest {
    private final Http1 http =
            new Http1(Http1Settings.DEFAULTS, new NoRoutes(new ErrorWriter(StandardCodecs.create()), List.of()), 1);
    private final Transport transport =
            new Transport.InProcess(new MemoryServer(NetSettings.READ_BUFFER_BYTES, http), http, Optional.empty());

    private ManagementListener management() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new ManagementListener(
                    NetServer.start(NetSettings.of(address, 1, 10, Duration.ofSeconds(10)), http));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void connect(ManagementListener management) throws IOException {
        var address = management.address();
        new Socket(address.getAddress(), address.getPort()).close();
    }

    @Test
    void staysOpenWhereAllIsWell() throws Exception {
        var ports = OpenPorts.open(() -> Optional.of(management()), () -> transport);
        assertEquals("done", ports.complete(open -> "done"));
        connect(ports.management().orElseThrow());
        transport.connect().close();
        transport.stop(Duration.ZERO);
        ports.management().orElseThrow().stop();
    }

    @Test
    void whatFailsAtTheEndOfAStartLeavesNothingOpen() {
        var ports = OpenPorts.open(() -> Optional.of(management()), () -> transport);
        var fault = new NoClassDefFoundError("a library of another version");
        assertSame(
                fault,
                assertThrows(
                        Error.class,
                        () -> ports.complete(open -> {
                            throw fault;
                        })));
        assertThrows(IOException.class, () -> connect(ports.management().orElseThrow()));
        assertThrows(Exception.class, transport::connect);
    }

    @Test
    void aTransportThatCannotBeOpenedClosesTheListenerForManagement() {
        ManagementListener management = management();
        var fault = new IllegalStateException("no");
        assertSame(
                fault,
                assertThrows(
                        IllegalStateException.class,
                        () -> OpenPorts.open(() -> Optional.of(management), () -> {
                            throw fault;
                        })));
        assertThrows(IOException.class, () -> connect(management));
    }
}
