package dev.bistro.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.CrossOrigin;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Chain;
import dev.bistro.http.Response;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with {@code @CrossOrigin}, and with the settings about other origins. */
class CrossOriginAuditTest {
    private static void expect(String golden, Class<?>... classes) {
        var thrown = assertThrows(
                StartupException.class,
                () -> Bistro.app(CrossOriginAuditTest.class).classes(classes).startInProcess());
        var problems = new Problems();
        thrown.problems().forEach(problems::add);
        Golden.assertGolden(golden, problems);
    }

    @Route("/bad")
    @CrossOrigin(origins = {"https://shop.example/", "null", "https://*.example", "shop.example"})
    static final class Bad {
        @Get
        @CrossOrigin(
                origins = "https://shop.example",
                methods = {"get", "POST"},
                headers = {"X One", "*"},
                exposed = "a:b",
                maxAgeSeconds = -1)
        String get() {
            return "";
        }
    }

    @Test
    void reportsValuesThatMeanNothing() {
        expect("bad-cross-origin", Bad.class);
    }

    @Route("/empty")
    @CrossOrigin
    static final class Empty {
        @Get
        String get() {
            return "";
        }
    }

    @Test
    void reportsAnAnnotationWithoutOrigins() {
        expect("cross-origin-without-origins", Empty.class);
    }

    @Test
    void takesTheOriginsOfTheSettingsForAnAnnotationWithoutAny() {
        Bistro.app(CrossOriginAuditTest.class)
                .classes(Empty.class)
                .set("security.cors.origins", "https://shop.example")
                .startInProcess()
                .close();
    }

    interface Above {
        @CrossOrigin(origins = "*", exposed = "*", credentials = true)
        String get();
    }

    @Route("/all")
    @CrossOrigin(origins = "https://shop.example", exposed = "*", credentials = true)
    static final class All implements Above {
        @Override
        @Get
        public String get() {
            return "";
        }
    }

    @Test
    void reportsCredentialsForAll() {
        expect("credentials-for-all", All.class);
    }

    @Route("/here")
    static final class Here {
        @Get
        String get() {
            return "";
        }

        @CrossOrigin(origins = "*")
        String helper() {
            return "";
        }
    }

    @WebSocket("/ws")
    static final class Socket {
        @OnMessage
        @CrossOrigin(origins = "*")
        void message(String text) {}
    }

    @Filter
    @CrossOrigin(origins = "*")
    static final class Stray {
        @CrossOrigin(origins = "*")
        Response<?> filter(Chain chain) {
            return chain.proceed();
        }
    }

    @Test
    void reportsAnnotationsThatAllowNothing() {
        expect("misplaced-cross-origin", Here.class, Socket.class, Stray.class);
    }

    @Route("/fine")
    @CrossOrigin(origins = {"http://localhost:3000", "http://*.localhost:3000", "capacitor://localhost", "*"})
    static final class Fine {
        @Get
        String get() {
            return "";
        }

        @Post
        @CrossOrigin(
                origins = {"https://[::1]:8443", "https://*.shop.example:8443"},
                methods = "POST",
                headers = "content-type",
                exposed = "ETag",
                credentials = true,
                maxAgeSeconds = 86_400,
                privateNetwork = true)
        String post() {
            return "";
        }
    }

    @Test
    void acceptsWhatIsWrittenWell() {
        Bistro.app(CrossOriginAuditTest.class)
                .classes(Fine.class)
                .startInProcess()
                .close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "security.cors.origins=https://shop.example/ | cors.origins: \"https://shop.example/\" is no origin",
                "security.cors.origins=null | is the origin of any page that hides its own",
                "security.cors.origins=*;security.cors.credentials=true | cors.credentials can't be on while",
                "security.cors.origins=http://a;security.cors.credentials=true;security.cors.exposed-headers=*"
                        + " | cors.exposed-headers can't have *",
                "security.cors.origins=http://a;security.cors.methods=get | cors.methods: \"get\" is no request method",
                "security.cors.origins=http://a;security.cors.headers=a b | cors.headers: \"a b\" is no name",
                "security.cors.origins=http://a;security.cors.exposed-headers=a b | cors.exposed-headers: \"a b\"",
                "security.cors.origins=http://a;security.cors.max-age=2d | cors.max-age has to be 24h at the most",
                "security.cors.origins=http://a;security.cors.paths=/{a | cors.paths: ",
                "security.cors.credentials=true | the other settings of cors have no effect without cors.origins",
                "security.cors.paths=/api/{path*} | the other settings of cors have no effect without cors.origins",
                "security.csrf.trusted-paths=/{a | csrf.trusted-paths: ",
                "server.websocket.origins=https://shop.example/ | websocket.origins: \"https://shop.example/\"",
                "security.csrf.trusted=x | There is no setting \"security.csrf.trusted\"",
            })
    void reportsSettingsThatMeanNothing(String settings, String expected) {
        var builder = Bistro.app(CrossOriginAuditTest.class).classes(Fine.class);
        for (String setting : settings.split(";")) {
            builder.set(setting.split("=")[0], setting.split("=")[1]);
        }
        String message = assertThrows(StartupException.class, () -> {
                    try (Server server = builder.startInProcess()) {
                        assertEquals(null, server);
                    }
                })
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example",
                "HTTPS://Shop.Example",
                "http://shop.example:8080",
                "https://a.b.shop.example",
                "http://localhost",
                "http://[::1]:8080",
                "http://127.0.0.1",
                "chrome-extension://abcdef",
                "https://*.shop.example",
                "https://*.localhost",
                "*"
            })
    void knowsWhatAnOriginIs(String entry) {
        assertEquals(java.util.Optional.empty(), AllowedOrigins.fault(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "shop.example",
                "//shop.example",
                "https://",
                "https://shop.example/",
                "https://shop.example/path",
                "https://shop.example?q",
                "https://user@shop.example",
                "https://shop.example:",
                "https://shop.example:x",
                "https://shop.example:65536",
                "https://shop.example https://b.example",
                "https://*",
                "https://*.example",
                "https://*shop.example",
                "https://a.*.example",
                "https://*.*.example",
                "https://*.shop.example/",
                "*.shop.example",
                "*://shop.example",
                "https://shop.example:*",
                "**"
            })
    void knowsWhatIsNoOrigin(String entry) {
        assertTrue(AllowedOrigins.fault(entry).isPresent());
        assertThrows(IllegalArgumentException.class, () -> AllowedOrigins.of(List.of(entry)));
    }

    /** The time that matching takes is linear: this would not end otherwise. */
    @Test
    void matchesLongOriginsAtOnce() {
        AllowedOrigins origins = AllowedOrigins.of(List.of("https://*.shop.example"));
        assertEquals(false, origins.allows(List.of("https://" + "a.".repeat(50_000) + "shop.example")));
        assertEquals(false, origins.allows(List.of("https://" + "a".repeat(100_000) + ":" + "1".repeat(100_000))));
        assertEquals(true, origins.allows(List.of("https://" + "a".repeat(100_000) + ".shop.example")));
    }
}
