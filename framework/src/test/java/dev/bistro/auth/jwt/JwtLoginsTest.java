package dev.bistro.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Jwt;
import dev.bistro.auth.Login;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.testing.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications with logins by tokens. */
@Timeout(60)
class JwtLoginsTest {
    @TempDir
    Path folder;

    @Route("/")
    static final class Account {
        @Get("/me")
        String me(Jwt token) {
            return token.getName() + " " + token.claims().get("email");
        }

        @Get("/admin")
        @RolesAllowed("admin")
        String admin() {
            return "";
        }

        @Get("/open")
        String open(Optional<Jwt> token) {
            return token.map(Jwt::name).orElse("nobody");
        }
    }

    @WebSocket("/ws")
    @RolesAllowed("admin")
    static final class Socket {
        @OnMessage
        String echo(String text, Jwt token) {
            return token.name() + text;
        }
    }

    @Factory
    static final class People {
        @Bean
        Authenticator people() {
            return Authenticator.basic(
                    "Shop", (name, word) -> word.equals("secret") ? Optional.of(Login.of(name)) : Optional.empty());
        }
    }

    private static BistroBuilder app() {
        return Bistro.app(JwtLoginsTest.class)
                .classes(Account.class, Socket.class, People.class)
                .set("security.jwt.issuer", "https://login.example")
                .set("security.jwt.audience", "shop");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String pem(String kind, Key key) {
        String text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static String token() {
        return Tokens.rs256(
                "one",
                Tokens.claims()
                        .claim("email", "ada@example.org")
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build());
    }

    @Test
    void byAKeyOfAFile() throws IOException {
        Path key = file("key.pem", pem("PUBLIC KEY", Tokens.RSA.getPublic()));
        try (TestClient client = TestClient.start(app().set("security.jwt.key", key.toString()))) {
            TestClient ada = client.bearer(token());
            ada.get("/me").send().assertStatus(200).assertText("ada ada@example.org");
            ada.get("/admin").send().assertStatus(200);
            ada.get("/open").send().assertText("ada");
            client.basic("bob", "secret").get("/admin").send().assertStatus(403);
            client.basic("bob", "secret")
                    .get("/me")
                    .send()
                    .assertProblem(403, "This is only for another kind of login.");
            client.bearer("forged").get("/open").send().assertText("nobody");
            client.bearer("forged").get("/me").send().assertProblem(401, "The token isn't valid");
            assertEquals(
                    2,
                    client.get("/me")
                            .send()
                            .assertStatus(401)
                            .headers()
                            .all("WWW-Authenticate")
                            .size());
            try (var socket = ada.webSocket("/ws")) {
                socket.send("!");
                assertEquals("ada!", socket.nextMessage().text());
            }
        }
    }

    @Test
    void byKeysOfAnAddress() {
        FetchedKeysTest.Issuer.keys = Tokens.set(Tokens.rsa("one", Tokens.RSA), Tokens.ec("two"));
        FetchedKeysTest.Issuer.status = dev.bistro.http.Status.OK;
        FetchedKeysTest.Issuer.held = new java.util.concurrent.CountDownLatch(0);
        try (var issuer = Bistro.app(JwtLoginsTest.class)
                        .classes(FetchedKeysTest.Issuer.class)
                        .port(0)
                        .start();
                TestClient client = TestClient.start(app().set("security.jwt.jwks", issuer.uri() + "/keys"))) {
            client.bearer(token()).get("/me").send().assertStatus(200);
        }
    }

    @Test
    void keysThatCantBeHadAreA503() {
        URI address;
        try (var gone = Bistro.app(JwtLoginsTest.class)
                .classes(FetchedKeysTest.Issuer.class)
                .port(0)
                .start()) {
            address = gone.uri();
        }
        try (TestClient client = TestClient.start(app().set("security.jwt.jwks", address + "/keys"))) {
            client.bearer(token())
                    .get("/me")
                    .send()
                    .assertProblem(503, "Logins can't be checked at the moment.")
                    .assertHeader("Retry-After", "1");
            client.get("/me").send().assertStatus(401);
            client.basic("bob", "secret").get("/admin").send().assertStatus(403);
            client.get("/open").send().assertText("nobody");
        }
    }

    // ---- files

    @Test
    void readsAllKindsOfKeyFiles() throws Exception {
        assertEquals(
                1,
                KeyFile.read(file("rsa", pem("PUBLIC KEY", Tokens.RSA.getPublic())))
                        .size());
        assertEquals(
                1,
                KeyFile.read(file("ec", pem("PUBLIC KEY", Tokens.EC.getPublic())))
                        .size());
        assertEquals(
                1,
                KeyFile.read(file("ed", pem("PUBLIC KEY", Tokens.ED.getPublic())))
                        .size());
        assertEquals(
                2,
                KeyFile.read(file(
                                "two",
                                pem("PUBLIC KEY", Tokens.ED.getPublic()) + "\n"
                                        + pem("PUBLIC KEY", Tokens.EC.getPublic())))
                        .size());
        assertEquals(
                2,
                KeyFile.read(file("set", "\n" + Tokens.set(Tokens.ec("a"), Tokens.ed("b"))))
                        .size());
        assertEquals(
                1,
                KeyFile.read(Path.of(
                                JwtLoginsTest.class.getResource("/tls/ada.crt").toURI()))
                        .size());
    }

    @Test
    void aFileThatHasNone() throws IOException {
        var problems = new Problems();
        var rules = new JwtRules("i", java.util.List.of("a"), java.time.Duration.ZERO, "roles", "sub");
        JwtLogins.ofFile(file("nothing", "secret"), rules, problems);
        JwtLogins.ofFile(
                file("damaged", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"), rules, problems);
        JwtLogins.ofFile(file("private", pem("PRIVATE KEY", Tokens.EC.getPrivate())), rules, problems);
        JwtLogins.ofFile(file("json", "{}"), rules, problems);
        JwtLogins.ofFile(folder.resolve("missing"), rules, problems);
        Golden.assertGolden("bad-jwt-keys", problems, folder + "/", "");
    }
}
