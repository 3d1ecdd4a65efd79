package dev.bistro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.ConstantTime;
import dev.bistro.auth.Login;
import dev.bistro.http.Chain;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.UnauthorizedException;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found of credentials, in which order, and what becomes of those that are wrong. */
@Timeout(60)
class LoginsTest {
    private static final AtomicInteger ASKED = new AtomicInteger();

    @Route("/")
    static final class Account {
        @Get("/name")
        String name(Principal who) {
            return who.getName();
        }

        @Get("/login")
        String login(Login login) {
            return login.principal().getName() + login.roles();
        }

        @Get("/maybe")
        String maybe(Optional<Principal> who, Request request) {
            return who.map(Principal::getName).orElse("nobody")
                    + request.principal().map(Principal::getName).orElse("");
        }

        @Get("/needed")
        String needed(boolean really, Request request) {
            return really ? Login.require(request).principal().getName() : "open";
        }

        @Get("/open")
        String open() {
            return "";
        }

        @Get("/admin")
        @RolesAllowed("admin")
        String admin() {
            return "";
        }
    }

    @Factory
    static final class Users {
        @Bean
        Authenticator people() {
            return Authenticator.basic("Shop", (name, password) -> {
                ASKED.incrementAndGet();
                if (name.equals("fails")) {
                    throw new IllegalStateException("no database for " + password);
                }
                return password.equals("pässword:1") || password.isEmpty() && name.isEmpty()
                        ? Optional.of(Login.of(name, "user"))
                        : Optional.empty();
            });
        }
    }

    private static BistroBuilder app(Class<?>... more) {
        return Bistro.app(LoginsTest.class).classes(joined(more));
    }

    private static Class<?>[] joined(Class<?>... more) {
        Class<?>[] all = new Class<?>[more.length + 2];
        all[0] = Account.class;
        all[1] = Users.class;
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    // ---- a login that a handler finds out to need

    @Test
    void isAskedForByAHandler() {
        try (TestClient client = TestClient.start(app())) {
            client.get("/needed?really=false").send().assertText("open");
            client.get("/needed?really=true")
                    .send()
                    .assertProblem(401, "This is only for those who say who they are")
                    .assertHeader("WWW-Authenticate", "Basic realm=\"Shop\", charset=\"UTF-8\"");
            client.get("/needed?really=true")
                    .header("Authorization", basic("ada:pässword:1"))
                    .send()
                    .assertText("ada");
            client.as("bob").get("/needed?really=true").send().assertText("bob");
            for (int i = 0; i < 10; i++) {
                client.get("/needed?really=true")
                        .header("Authorization", basic("eve:" + i))
                        .send()
                        .assertProblem(401, "The name or the password is wrong")
                        .assertHeader("WWW-Authenticate", "Basic realm=\"Shop\", charset=\"UTF-8\"");
            }
            client.get("/needed?really=true")
                    .header("Authorization", basic("eve:10"))
                    .send()
                    .assertProblem(429);
        }
        assertEquals(
                "ada",
                Login.require(MockRequest.get("/").login(() -> "ada").build())
                        .principal()
                        .getName());
        var fault = assertThrows(
                HttpException.class, () -> Login.require(MockRequest.get("/").build()));
        assertEquals(Status.UNAUTHORIZED, fault.status());
    }

    // ---- what a client sends

    @ParameterizedTest
    @ValueSource(strings = {"ada:pässword:1", "a@b:pässword:1", ":", "Müller:pässword:1"})
    void readsNamesAndPasswords(String pair) {
        try (TestClient client = TestClient.start(app())) {
            String name = pair.substring(0, pair.indexOf(':'));
            client.get("/name")
                    .header("Authorization", basic(pair))
                    .send()
                    .assertStatus(200)
                    .assertText(name);
            client.get("/name")
                    .header("Authorization", basic(pair).replace("Basic ", "bAsIc   "))
                    .send()
                    .assertStatus(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!!",
                "Basic YWRh",
                "Basic YWRhOnNlY3JldA==x",
                "Basic YWRhOnNlY3JldA== YWRh",
                "Basic /////w==",
                "Basic YWRhAHg6eA==",
                "Basic YWRhOndyb25n",
                "Basic =",
            })
    void refusesWhatIsMalformedOrWrong(String value) {
        try (TestClient client = TestClient.start(app())) {
            client.get("/name")
                    .header("Authorization", value)
                    .send()
                    .assertProblem(401, "The name or the password is wrong")
                    .assertHeader("WWW-Authenticate", "Basic realm=\"Shop\", charset=\"UTF-8\"");
            client.get("/maybe")
                    .header("Authorization", value)
                    .send()
                    .assertStatus(200)
                    .assertText("nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basics YWRhOnNlY3JldA==", "Negotiate", "", "Digest username=\"ada\""})
    void leavesOtherSchemesToOthers(String value) {
        try (TestClient client = TestClient.start(app())) {
            client.get("/name")
                    .header("Authorization", value)
                    .send()
                    .assertProblem(401, "This is only for those who say who they are")
                    .assertHeader("WWW-Authenticate", "Basic realm=\"Shop\", charset=\"UTF-8\"");
        }
    }

    @Test
    void refusesTwoFields() {
        try (TestClient client = TestClient.start(app())) {
            client.get("/name")
                    .header("Authorization", basic("ada:pässword:1"))
                    .header("Authorization", basic("bob:pässword:1"))
                    .send()
                    .assertProblem(401);
        }
    }

    @Test
    void takesAVeryLongName() {
        try (TestClient client = TestClient.start(app())) {
            client.get("/name")
                    .header("Authorization", basic("a".repeat(5_000) + ":wrong"))
                    .send()
                    .assertProblem(401);
        }
    }

    // ---- how often it is asked

    @Test
    void asksOnceForARequestAndOnlyIfSomethingAsks() {
        try (TestClient client = TestClient.start(app(LogsUsers.class)).basic("ada", "pässword:1")) {
            ASKED.set(0);
            client.get("/open").send().assertStatus(200);
            assertEquals(0, ASKED.get());
            client.get("/maybe").send().assertStatus(200).assertText("adaada").assertHeader("User", "ada");
            assertEquals(1, ASKED.get());
        }
    }

    @Filter("/maybe")
    @Priority(Priority.OBSERVATION)
    static final class LogsUsers {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed(response -> response.withHeader(
                    "User", request.principal().map(Principal::getName).orElse("nobody")));
        }
    }

    @Test
    void aFailureOfAnAuthenticatorIsOursAndTellsNoSecret() {
        try (TestClient client = TestClient.start(app()).basic("fails", "geheim")) {
            var answer = client.get("/name").send().assertProblem(500);
            assertFalse(answer.text().contains("geheim"));
            client.get("/maybe").send().assertProblem(500);
            client.get("/open").send().assertStatus(200);
        }
    }

    // ---- the order

    @Filter
    @Priority(Priority.AUTHENTICATION)
    static final class Recognises {
        Response<?> filter(Request request, Chain chain) {
            request.header("User").ifPresent(name -> request.setPrincipal(() -> name));
            request.header("Admin").ifPresent(name -> Login.set(request, Login.of(name, "admin")));
            return chain.proceed();
        }
    }

    @Test
    void whatAFilterRecordsWinsAndHasTheRolesThatItGives() {
        try (TestClient client = TestClient.start(app(Recognises.class)).basic("ada", "pässword:1")) {
            client.get("/login").send().assertText("ada[user]");
            client.get("/login").header("User", "eve").send().assertText("eve[]");
            client.get("/login").header("Admin", "root").send().assertText("root[admin]");
            client.get("/admin").send().assertStatus(403);
            client.get("/admin").header("User", "eve").send().assertStatus(403);
            client.get("/admin").header("Admin", "root").send().assertStatus(200);
        }
    }

    @Filter
    @Priority(Priority.AUTHORIZATION)
    static final class SeesLoginsChecked {
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed(response -> response.withHeader("Seen", String.valueOf(Login.find(request))));
        }
    }

    @Test
    void filtersOfAuthorizationStandBehindTheCheck() {
        try (TestClient client = TestClient.start(app(SeesLoginsChecked.class))) {
            assertEquals(
                    Optional.empty(),
                    client.get("/name").send().assertStatus(401).header("Seen"));
            client.get("/open").send().assertHeader("Seen", "Optional.empty");
        }
    }

    @Blocking
    static final class AsksTheRequest implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            // the certificate's subject, if there is one; not this authenticator once more
            return request.principal().isPresent()
                    ? Optional.of(Login.of("by certificate"))
                    : request.header("Key").map(key -> Login.of("by key"));
        }

        @Override
        public String challenge() {
            return "Key";
        }
    }

    @Test
    void anAuthenticatorMayAskForThePrincipalItself() {
        try (TestClient client = TestClient.start(app(AsksTheRequest.class))) {
            client.get("/name").header("Key", "x").send().assertStatus(200).assertText("by key");
            client.get("/name").send().assertStatus(401);
        }
    }

    @Route("/session")
    static final class Session {
        @Get
        String mine(Login login) {
            return login.principal().getName();
        }

        @ExceptionHandler
        Response<?> toLogin(UnauthorizedException fault) {
            return Response.status(Status.SEE_OTHER);
        }
    }

    static final class ByCookie implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return request.cookies().first("session").map(Login::of);
        }

        @Override
        public String challenge() {
            return "Session";
        }
    }

    @Test
    void asksOneAfterTheOther() {
        try (TestClient client = TestClient.start(app(Session.class, ByCookie.class))) {
            client.get("/session").cookie("session", "ada").send().assertText("ada");
            client.basic("bob", "pässword:1").get("/session").send().assertText("bob");
            client.basic("bob", "wrong")
                    .get("/session")
                    .cookie("session", "ada")
                    .send()
                    .assertText("ada");
            client.basic("bob", "wrong").get("/session").send().assertStatus(401);
        }
    }

    // ---- failures

    @Test
    void aNameIsAskedForNoMoreAfterManyFailures() {
        try (TestClient client = TestClient.start(
                app().set("security.login.max-failures", "3").set("security.login.failure-window", "1h"))) {
            for (int i = 0; i < 3; i++) {
                client.basic("ADA", "wrong").get("/name").send().assertStatus(401);
            }
            ASKED.set(0);
            var answer = client.basic("ada", "pässword:1").get("/name").send();
            answer.assertProblem(429, "Too many logins have failed. Try again later.");
            assertFalse(Integer.parseInt(answer.header("Retry-After").orElseThrow()) < 1_000);
            assertEquals(0, ASKED.get());
            client.get("/open").send().assertStatus(200);
            client.basic("ada", "pässword:1").get("/maybe").send().assertText("nobody");
            client.as("ada").get("/name").send().assertText("ada");
        }
    }

    @Test
    void aClientIsToldSoWhateverNamesItTries() {
        try (TestClient client = TestClient.start(
                app().set("security.login.max-failures", "3").set("security.login.failure-window", "1h"))) {
            for (int i = 0; i < 3; i++) {
                client.basic("user" + i, "wrong").get("/name").send().assertStatus(401);
            }
            client.basic("other", "pässword:1").get("/name").send().assertStatus(429);
        }
    }

    @Test
    void aGoodTokenIsAcceptedAmongBadOnes() {
        try (TestClient client = TestClient.start(app(Tokens.class).set("security.login.max-failures", "3"))) {
            for (int i = 0; i < 3; i++) {
                client.bearer("bad" + i).get("/name").send().assertStatus(401);
            }
            client.bearer("bad").get("/name").send().assertStatus(429);
            client.bearer("good").get("/name").send().assertText("machine");
            client.basic("ada", "pässword:1").get("/name").send().assertText("ada");
            client.get("/name").send().assertStatus(401);
        }
    }

    @Factory
    static final class Tokens {
        @Bean
        Authenticator tokens() {
            return Authenticator.bearer(
                    token -> token.equals("good") ? Optional.of(Login.of("machine")) : Optional.empty());
        }
    }

    @Test
    void failuresAreNotCountedIfItIsToldSo() {
        try (TestClient client = TestClient.start(app().set("security.login.max-failures", "0"))) {
            for (int i = 0; i < 30; i++) {
                client.basic("ada", "wrong").get("/name").send().assertStatus(401);
            }
        }
    }

    // ---- tests

    @Test
    void aTestHasLoginsWithoutPasswords() {
        try (TestClient client = TestClient.start(app())) {
            client.as("ada", "admin", "user").get("/login").send().assertText("ada[admin, user]");
            client.as(() -> "eve").get("/login").send().assertText("eve[]");
            client.as("ada").get("/admin").send().assertStatus(403);
            client.as("ada", "admin").get("/admin").send().assertStatus(200);
            client.get("/admin").header("Authorization", "Bistro-Test 0").send().assertStatus(401);
        }
    }

    @Test
    void aServerThatNoTestHasStartedKnowsNone() {
        try (TestClient client = TestClient.of(app().startInProcess())) {
            assertThrows(IllegalStateException.class, () -> client.as("ada"));
        }
    }

    @Test
    void aMockRequestHasALogin() {
        Request request = MockRequest.get("/").login(() -> "ada", "admin").build();
        assertEquals("ada", request.principal().orElseThrow().getName());
        assertEquals(Set.of("admin"), Login.find(request).orElseThrow().roles());
    }

    // ---- values

    @Test
    void comparesSecrets() {
        assertEquals(true, ConstantTime.equal("secret", "secret"));
        assertFalse(ConstantTime.equal("secret", "secres"));
        assertFalse(ConstantTime.equal("", "secret"));
        assertEquals(true, ConstantTime.equal("", ""));
    }

    static final class WithoutChallenge implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return Optional.empty();
        }

        @Override
        public String challenge() {
            return "log in: please";
        }
    }

    static final class Speechless implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return Optional.empty();
        }

        @Override
        public String challenge() {
            return null;
        }
    }

    @Test
    void aChallengeThatNo401CanSendIsAFault() {
        BistroBuilder app = app(WithoutChallenge.class, Speechless.class);
        var problems = new Problems();
        assertThrows(StartupException.class, () -> TestClient.start(app))
                .problems()
                .forEach(problems::add);
        Golden.assertGolden("bad-challenge", problems);
    }

    @Test
    void anAuthenticatorHasAChallenge() {
        assertThrows(
                IllegalArgumentException.class, () -> Authenticator.of("log in: please", request -> Optional.empty()));
        assertThrows(
                IllegalArgumentException.class, () -> Authenticator.basic("a\nb", (name, word) -> Optional.empty()));
        assertEquals(
                "Basic realm=\"a\\\"b\", charset=\"UTF-8\"",
                Authenticator.basic("a\"b", (name, word) -> Optional.empty()).challenge());
    }
}
