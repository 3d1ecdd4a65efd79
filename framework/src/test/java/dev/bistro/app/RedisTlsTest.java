package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.session.Session;
import dev.bistro.startup.Golden;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.tls.TestAuthority;
import dev.bistro.tls.TestCertificate;
import dev.bistro.wire.RedisServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis by TLS, whose certificate has to be one that Java trusts, for the host of the address. */
@Timeout(60)
class RedisTlsTest {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_TYPE = "javax.net.ssl.trustStoreType";
    private static final String HOST = "127.0.0.1";

    @TempDir
    Path folder;

    private TestAuthority authority;

    @Route("/name")
    static final class Names {
        @Get
        String get(Session session) {
            return session.get("name", String.class).orElse("none");
        }

        @Post("/{name}")
        void set(Session session, String name) {
            session.set("name", name);
        }
    }

    @BeforeEach
    void trustAnAuthority() throws IOException, GeneralSecurityException {
        RedisServer.assumeInstalled();
        authority = TestAuthority.create(folder);
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.own().x509());
        Path file = folder.resolve("trusted");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, "secret".toCharArray());
        }
        System.setProperty(TRUST_STORE, file.toString());
        System.setProperty(TRUST_STORE_TYPE, "JKS");
    }

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE_TYPE);
    }

    private static BistroBuilder app(String url) {
        return Bistro.app(RedisTlsTest.class)
                .classes(Names.class)
                .set("session.store", "redis")
                .set("redis.timeout", "20s")
                .set("redis.url", url);
    }

    private static String report(String url, int port) {
        return report(app(url), port);
    }

    private static String report(BistroBuilder app, int port) {
        StartupException faults =
                assertThrows(StartupException.class, () -> app.startInProcess().close());
        assertEquals("no-redis-connection", faults.problems().get(0).id());
        return faults.getMessage().replace(String.valueOf(port), "PORT");
    }

    @Test
    void worksByTls() {
        try (RedisServer server = RedisServer.create(authority.server(HOST), authority);
                TestClient client = TestClient.start(app(server.tlsUrl())).withCookies()) {
            client.post("/name/Ada").send().assertStatus(204);
            client.get("/name").send().assertText("Ada");
            server.ask("ACL SETUSER default on >secret"); // connections that are there stay
            client.get("/name").send().assertText("Ada");
            assertTrue(server.ask("CLIENT LIST").startsWith("-NOAUTH"));
            try (TestClient other = TestClient.start(app(server.tlsUrl().replace("//", "//:secret@")))) {
                other.get("/name").send().assertText("none");
            }
        }
    }

    @Test
    void tellsOfACertificateThatIsNotTrusted() {
        TestCertificate own = TestAuthority.selfSigned(folder.resolve("own.pem"), TestAuthority.Key.EC, 10, HOST);
        try (RedisServer server = RedisServer.create(own, authority)) {
            Golden.assertText("redis-certificate-not-trusted", report(server.tlsUrl(), server.tlsPort()));
        }
    }

    @Test
    void tellsOfACertificateOfAnotherHost() {
        try (RedisServer server = RedisServer.create(authority.server("cache.example"), authority)) {
            Golden.assertText("redis-certificate-of-another-host", report(server.tlsUrl(), server.tlsPort()));
        }
    }

    @Test
    void tellsOfACertificateThatHasExpired() {
        TestCertificate expired = authority.server(TestAuthority.Key.EC, -1, HOST);
        try (RedisServer server = RedisServer.create(expired, authority)) {
            String report = report(server.tlsUrl(), server.tlsPort());
            assertTrue(report.contains("NotAfter") && report.contains("has it a certificate"), report);
        }
    }

    @Test
    void tellsOfARedisWithoutTls() {
        RedisServer server = RedisServer.shared();
        BistroBuilder app = app("rediss://" + HOST + ":" + server.port()); // which waits for more of a command
        String report = report(app.set("redis.timeout", "200ms"), server.port());
        assertTrue(report.contains("Does it speak TLS there"), report);
    }
}
