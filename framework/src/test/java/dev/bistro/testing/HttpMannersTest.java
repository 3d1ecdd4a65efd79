package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.PermitAll;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.feed.Feed;
import dev.bistro.http.Chain;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

class HttpMannersTest {
    record Item(String name) {}

    @Route("/items")
    static class WellBehaved {
        @Get("/{name}")
        Item find(String name) {
            if (!name.equals("tea")) {
                throw new NotFoundException("There is no " + name);
            }
            return new Item(name);
        }

        @Post
        Item add(Item item) {
            return item;
        }
    }

    @Route("/rude")
    static class Rude {
        @Get("/echo/{text}")
        @Produces("text/html")
        String echo(String text) {
            return "<p>" + text;
        }

        @Get("/either")
        Response<String> either(Request request) {
            boolean html = request.header("Accept").orElse("").contains("html");
            return Response.ok("x").withHeader("Content-Type", html ? "text/html" : "text/plain");
        }
    }

    private static HttpManners of(Class<?> controller) {
        return new HttpManners() {
            @Override
            protected BistroBuilder application() {
                return Bistro.app(HttpMannersTest.class).classes(controller);
            }

            @Override
            protected Map<String, String> examples() {
                return Map.of("name", "tea");
            }
        };
    }

    @Test
    void findsNothingWrongWithAnOrdinaryController() {
        TestReporter reporter = mock(TestReporter.class);
        of(WellBehaved.class).hasManners(reporter);
        var table = ArgumentCaptor.forClass(String.class);
        verify(reporter).publishEntry(anyString(), table.capture());
        assertEquals("""

                               HEAD  OPTIONS  405  406  415  Vary  problems  escaping  OpenAPI
                /items         –     ✓        ✓    –    ✓    –     ✓         –         ✓
                /items/{name}  ✓     ✓        ✓    ✓    –    ✓     ✓         ✓         ✓
                """.replaceAll("(?m) +$", ""), table.getValue().replaceAll("(?m) +$", ""));
    }

    @Test
    void findsWhatIsWrongAndShowsIt() {
        HttpManners rude = of(Rude.class);
        TestReporter reporter = mock(TestReporter.class);
        String message = assertThrows(AssertionError.class, () -> rude.hasManners(reporter))
                .getMessage();
        assertTrue(message.contains("\n/rude/echo/{text}, escaping: Expected a text without\n<script>"), message);
        assertTrue(message.contains("\n/rude/either, Vary: Expected Accept in the header Vary"), message);
        assertTrue(message.contains("> GET /rude/either\n"), message);
        verify(reporter).publishEntry(anyString(), any(String.class));
    }

    @Route("/endless")
    static class Endless {
        private final Feed<String> feed = Feed.create();

        @Get
        @Produces("text/event-stream")
        Feed<String> feed() {
            return feed;
        }
    }

    @Test
    void endsWhereAnAnswerNeverEndsAndSaysHowItIsRead() {
        HttpManners endless = new HttpManners() {
            @Override
            protected BistroBuilder application() {
                return Bistro.app(HttpMannersTest.class).classes(Endless.class);
            }

            @Override
            protected Duration deadline() {
                assertEquals(Duration.ofSeconds(5), super.deadline());
                return Duration.ofSeconds(1);
            }
        };
        String message = assertThrows(AssertionError.class, () -> endless.hasManners(mock(TestReporter.class)))
                .getMessage();
        assertTrue(message.contains("by stream() instead of send()"), message);
    }

    // ---- logins, paths to leave out, a deadline

    @Route("/accounts")
    static class WithLogin {
        private final Feed<String> feed = Feed.create();

        @Get("/{name}")
        Item find(String name) {
            return new Item(name);
        }

        @Get("/feed")
        @Produces("text/event-stream")
        Feed<String> feed() {
            return feed;
        }
    }

    @Filter
    static class Guard {
        Response<?> check(Request request, Chain chain) {
            boolean isAda = request.header("Authorization").orElse("").equals("Basic YWRhOnNlY3JldA==");
            return isAda ? chain.proceed() : Response.status(Status.UNAUTHORIZED);
        }
    }

    private static class AdasManners extends HttpManners {
        private final Duration deadline;
        private final Set<String> leftOut;

        AdasManners(String... leftOut) {
            this(Duration.ofSeconds(30), leftOut);
        }

        AdasManners(Duration deadline, String... leftOut) {
            this.deadline = deadline;
            this.leftOut = Set.of(leftOut);
        }

        @Override
        protected BistroBuilder application() {
            return Bistro.app(HttpMannersTest.class).classes(WithLogin.class, Guard.class);
        }

        @Override
        protected TestClient client(TestClient client) {
            return client.basic("ada", "secret");
        }

        @Override
        protected Set<String> leftOut() {
            return leftOut;
        }

        @Override
        protected Duration deadline() {
            return deadline;
        }
    }

    @Test
    void asksAsAUserAndLeavesPathsOut() {
        TestReporter reporter = mock(TestReporter.class);
        new AdasManners("/accounts/feed").hasManners(reporter);
        var table = ArgumentCaptor.forClass(String.class);
        verify(reporter).publishEntry(anyString(), table.capture());
        assertTrue(table.getValue().contains("\n/accounts/{name}  ✓"), table.getValue());
        assertFalse(table.getValue().contains("feed"), table.getValue());
    }

    @Route("/closed")
    static class Closed {
        @Get("/{name}")
        @RolesAllowed("admin")
        Item find(String name) {
            return new Item(name);
        }

        @Post("/login")
        @Consumes("application/x-www-form-urlencoded")
        @PermitAll
        String login(Session session, @FormParam String user) {
            session.login(user, "admin");
            return "welcome";
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksByALoginOfATestOrASession(boolean bySession) {
        new HttpManners() {
            @Override
            protected BistroBuilder application() {
                return Bistro.app(HttpMannersTest.class).classes(Closed.class).set("security.default", "deny");
            }

            @Override
            protected TestClient client(TestClient client) {
                if (!bySession) {
                    return client.as("ada", "admin");
                }
                TestClient browser = client.withCookies();
                browser.post("/closed/login").form("user", "ada").send().assertStatus(200);
                return browser;
            }
        }.hasManners(mock(TestReporter.class));
    }

    @Test
    void failsWithoutTheUser() {
        HttpManners stranger = new AdasManners("/accounts/feed") {
            @Override
            protected TestClient client(TestClient client) {
                return client;
            }
        };
        assertThrows(AssertionError.class, () -> stranger.hasManners(mock(TestReporter.class)));
    }

    @Test
    void waitsAsLongAsItIsTold() {
        String message = assertThrows(
                        AssertionError.class,
                        () -> new AdasManners(Duration.ofSeconds(1)).hasManners(mock(TestReporter.class)))
                .getMessage();
        assertTrue(message.contains("The answer had not ended after 1000 ms"), message);
    }

    @Test
    void saysThatAPathToLeaveOutIsNoPath() {
        String message = assertThrows(
                        AssertionError.class, () -> new AdasManners("/feed").hasManners(mock(TestReporter.class)))
                .getMessage();
        assertEquals("leftOut() names \"/feed\", but the paths are /accounts/feed, /accounts/{name}", message);
    }
}
