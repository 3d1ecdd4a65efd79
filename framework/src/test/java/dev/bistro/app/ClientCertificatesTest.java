package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.ClientCertificate;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What needs a certificate in an application whose settings say whether clients are asked for one. */
@Timeout(60)
class ClientCertificatesTest {
    private static final String REFUSAL = "This is only for clients that show a certificate.";

    @Route("/ledger")
    static final class Ledger {
        @Post
        @ClientCertificate
        String book() {
            return "booked";
        }

        @Get
        String show(X509Certificate certificate) {
            return "shown";
        }

        @Get("/who")
        String who(Optional<X509Certificate> certificate) {
            return certificate
                    .map(shown -> shown.getSubjectX500Principal().getName())
                    .orElse("nobody");
        }
    }

    @WebSocket("/ws")
    @ClientCertificate
    static final class Bookings {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(ClientCertificatesTest.class).classes(Ledger.class, Bookings.class);
    }

    @Test
    void anApplicationThatAsksNobodyDoesntStart() {
        var fault = assertThrows(StartupException.class, app()::startInProcess);
        assertEquals(
                List.of("certificate-never-asked", "certificate-never-asked", "certificate-never-asked"),
                fault.problems().stream().map(Problem::id).toList(),
                fault.getMessage());
    }

    @Test
    void oneThatAsksRefusesClientsWithoutACertificate() throws URISyntaxException {
        Path authority =
                Path.of(ClientCertificatesTest.class.getResource("/tls/ada.crt").toURI());
        BistroBuilder app = app().set("server.tls.development", "true")
                .set("server.tls.client-auth", "want")
                .set("server.tls.client-ca", authority.toString());
        try (TestClient client = TestClient.of(app.startInProcess())) {
            client.post("/ledger").send().assertProblem(403, REFUSAL);
            client.get("/ledger").send().assertProblem(403, REFUSAL);
            assertEquals("nobody", client.get("/ledger/who").send().text());
            client.get("/ws")
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Version", "13")
                    .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                    .send()
                    .assertProblem(403, REFUSAL);
        }
    }
}
