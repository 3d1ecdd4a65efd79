package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.ExceptionHandler;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.app.tiny.TinyApplication;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.html.View;
import dev.bistro.http.Cookie;
import dev.bistro.http.CookieSigner;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.wire.RawClient;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Errors, pages, conditions and cookies of whole applications, over sockets. */
class ErrorsAndPagesTest {
    private static final String CLOSE = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

    /** A template library in two lines: it knows one template. */
    static final class TinyEngine implements TemplateRenderer {
        private final String greeting;

        @Inject
        TinyEngine(String greeting) {
            this.greeting = greeting;
        }

        @Override
        public void render(View view, Writer page) throws IOException {
            page.write("<p>half a page");
            if (!view.name().equals("hello")) {
                throw new IOException("No template " + view.name());
            }
            page.write(", then " + greeting + " " + view.model().toString().replace("<", "&lt;"));
        }
    }

    static final class AnotherEngine implements TemplateRenderer {
        @Override
        public void render(View view, Writer page) {}
    }

    @Factory
    static final class Words {
        @Bean
        String greeting() {
            return "hello";
        }
    }

    @Route("/pages")
    static final class Pages {
        @Get("/{name}")
        View page(String name) {
            return View.of(name, "<World>");
        }

        @Get("/fails")
        void fail() {
            throw new IllegalStateException("the <secret> cause");
        }

        @Get("/taken")
        void taken() {
            throw new IllegalArgumentException("tea");
        }
    }

    static final class Handlers {
        private final String greeting;

        @Inject
        Handlers(String greeting) {
            this.greeting = greeting;
        }

        @ExceptionHandler
        @Status(409)
        String taken(IllegalArgumentException fault) {
            return greeting + ", " + fault.getMessage() + " is taken";
        }
    }

    record Note(String text, @ETag int version) {}

    @Route("/note")
    static final class Notes {
        @Get
        Note get() {
            return new Note("x".repeat(2_000), 7);
        }

        @Put
        String put(@IfMatch int version) {
            return "version " + version;
        }
    }

    @Route("/login")
    static final class Login {
        private final CookieSigner signer;

        @Inject
        Login(CookieSigner signer) {
            this.signer = signer;
        }

        @Get
        String who(Request request) {
            return signer.verify(request.cookies(), "user").orElse("nobody");
        }

        @Get("/{name}")
        Response<String> login(String name) {
            return Response.ok("hello").withCookie(signer.sign(Cookie.of("user", name), Duration.ofHours(1)));
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(TinyApplication.class).port(0).classes(classes);
    }

    private static String send(Server server, String method, String path, String... headers) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        return RawClient.exchange(address, method + " " + path + CLOSE + String.join("", headers) + "\r\n");
    }

    private static String get(Server server, String path, String... headers) throws IOException {
        return send(server, "GET", path, headers);
    }

    @Test
    void rendersViewsByTheEngineThatInjectionMakes() throws IOException {
        try (Server server = app(Pages.class, TinyEngine.class, Words.class).start()) {
            String page = get(server, "/pages/hello");
            assertTrue(page.contains("\r\nContent-Type: text/html;charset=utf-8\r\n"), page);
            assertTrue(page.endsWith("<p>half a page, then hello &lt;World>"), page);
            String failed = get(server, "/pages/other");
            assertTrue(failed.startsWith("HTTP/1.1 500 ") && !failed.contains("half a page"), failed);
        }
    }

    @Test
    void asksForOneEngine() {
        var none = assertThrows(StartupException.class, () -> app(Pages.class).start());
        assertTrue(none.getMessage().contains("[unwritable-result] Nothing writes View."), none.getMessage());
        var two = assertThrows(
                StartupException.class,
                () -> app(Pages.class, TinyEngine.class, AnotherEngine.class, Words.class)
                        .start());
        assertReport("two-renderers", two);
    }

    private static void assertReport(String golden, StartupException report) {
        var problems = new Problems();
        report.problems().forEach(problems::add);
        Golden.assertGolden(golden, problems);
    }

    @Test
    void answersForExceptionsByAClassThatInjectionMakes() throws IOException {
        try (Server server =
                app(Pages.class, TinyEngine.class, Words.class, Handlers.class).start()) {
            String answer = get(server, "/pages/taken");
            assertTrue(answer.startsWith("HTTP/1.1 409 ") && answer.endsWith("hello, tea is taken"), answer);
        }
    }

    @Test
    void showsCausesAndRoutesInDevelopmentModeAlone() throws IOException {
        String html = "Accept: text/html\r\n";
        try (Server server = app(Pages.class, TinyEngine.class, Words.class).start()) {
            for (String accept : new String[] {"", html}) {
                assertFalse(get(server, "/pages/fails", accept).contains("secret"));
                assertFalse(get(server, "/page/hello", accept).contains("/pages"));
                assertFalse(send(server, "PUT", "/pages/hello", accept).contains("Pages"));
            }
        }
        try (Server server = app(Pages.class, TinyEngine.class, Words.class)
                .set("bistro.dev", "true")
                .start()) {
            assertTrue(get(server, "/pages/fails").contains("IllegalStateException: the <secret> cause"));
            String page = get(server, "/pages/fails", html);
            assertTrue(page.contains("<pre>java.lang.IllegalStateException: the &lt;secret&gt; cause\n"), page);
            assertTrue(get(server, "/page/hello").contains("Did you mean GET /pages/{name} "));
            assertTrue(send(server, "PUT", "/pages/hello").contains("[\"GET /pages/{name} "));
            String notFound = get(server, "/page/%3Cscript%3E", html);
            assertTrue(notFound.contains("<pre>Did you mean GET /pages/{name} "), notFound);
            assertFalse(notFound.contains("<script>"), notFound);
            String notAllowed = send(server, "PUT", "/pages/hello", html);
            assertTrue(notAllowed.contains("<pre>GET /pages/{name} "), notAllowed);
            assertTrue(notAllowed.contains(": another method than PUT"), notAllowed);
        }
    }

    @Test
    void takesTheTagOfACompressedAnswerForTheState() throws IOException {
        String gzip = "Accept-Encoding: gzip\r\n";
        try (Server server = app(Notes.class).start()) {
            String answer = get(server, "/note", gzip);
            assertTrue(
                    answer.contains("\r\nContent-Encoding: gzip\r\n") && answer.contains("\r\nETag: \"7~gzip\"\r\n"),
                    answer);
            String again = get(server, "/note", gzip, "If-None-Match: \"7~gzip\"\r\n");
            assertTrue(again.startsWith("HTTP/1.1 304 ") && again.contains("\r\nETag: \"7~gzip\"\r\n"), again);
            assertFalse(again.contains("\nContent-Type:") || again.contains("\nContent-Encoding:"), again);
            assertTrue(get(server, "/note", "If-None-Match: \"7\"\r\n").contains("\r\nETag: \"7\"\r\n"));
            assertTrue(send(server, "PUT", "/note", "If-Match: \"7~gzip\"\r\n").endsWith("version 7"));
            assertTrue(send(server, "PUT", "/note").startsWith("HTTP/1.1 428 "));
        }
    }

    @Test
    void injectsASignerOfCookiesWhereThereIsASecret() throws IOException {
        try (Server server = app(Login.class)
                .set("bistro.cookie-secrets", "a secret of thirty-two bytes, 123, another secret of 32 bytes or more.")
                .start()) {
            fail(server);
        } catch (StartupException tooShort) {
            assertReport("rejected-bistro-settings", tooShort);
        }
        try (Server server = app(Login.class)
                .set("bistro.cookie-secrets", "a secret of thirty-two bytes or so, another secret of 32 bytes or more.")
                .start()) {
            String login = get(server, "/login/Anna");
            String cookie = login.replaceAll("(?s).*Set-Cookie: (user=[^;]*);.*", "$1");
            assertTrue(login.contains("; Path=/; HttpOnly; SameSite=Lax\r\n"), login);
            assertTrue(get(server, "/login", "Cookie: " + cookie + "\r\n").endsWith("Anna"));
            assertTrue(get(server, "/login", "Cookie: " + cookie.replace("Anna", "Bert") + "\r\n")
                    .endsWith("nobody"));
        }
    }

    private static void fail(Server server) {
        assertEquals(null, server, "it has a secret that is too short");
    }
}
