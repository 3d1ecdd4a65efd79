package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bistro.http.Status;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The tests of the engine that say most about what lies between socket and protocol, once more over TLS: what holds
 * without it has to hold with it. Those that are left out take long, or are about connections that TLS opens otherwise;
 * {@code -Dwire.tls=TLSv1.3} runs all.
 */
class OverTlsTest {
    @Nested
    @OverTls("TLSv1.2")
    class Streams12 extends StreamTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Streams13 extends StreamTest {}

    @Nested
    @OverTls("TLSv1.2")
    class Pulled12 extends PulledTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Pulled13 extends PulledTest {}

    @Nested
    @OverTls("TLSv1.2")
    class Live12 extends LiveTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Live13 extends LiveTest {}

    @Nested
    @OverTls("TLSv1.2")
    class Upgrade12 extends UpgradeTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Upgrade13 extends UpgradeTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Requests13 extends Http1WireTest {}

    @Nested
    @OverTls("TLSv1.3")
    class Handshakes13 extends WebSocketHandshakeTest {}

    /** Otherwise all of the above would pass without any of it being over TLS. */
    @Nested
    @OverTls("TLSv1.2")
    class Version {
        @Test
        void isTheOneThatTheClassNames() throws IOException {
            try (var server = EngineServer.builder()
                            .at("/", request -> EngineServer.text(Status.OK, request.scheme()))
                            .start();
                    var client = new RawClient(server.address())) {
                var socket = assertInstanceOf(SSLSocket.class, client.socket());
                assertEquals("TLSv1.2", socket.getSession().getProtocol());
            }
        }
    }
}
