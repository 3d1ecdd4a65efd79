package dev.bistro.session.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.json.StandardCodecs;
import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator.Answer;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.session.Session;
import dev.bistro.session.SessionStore;
import dev.bistro.session.SessionTooLargeException;
import dev.bistro.session.StoredSession;
import dev.bistro.testing.MockRequest;
import dev.bistro.testing.ServerRequests;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions of a browser from request to request, with a clock that is moved, in both places. */
@Timeout(60)
class RequestSessionTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration MAX_AGE = Duration.ofHours(12);
    private static final BodyCodecs CODECS = StandardCodecs.create();
    private static final String SECRET = "a secret of thirty-two bytes or so";

    record Item(String sku, int count) {}

    record Cart(List<Item> items, Map<String, List<Integer>> seen, Optional<String> note) {}

    enum Place {
        COOKIE {
            @Override
            RequestSessions open(SessionRules rules) {
                return new RequestSessions()
                        .keepInCookies(rules, List.of(SECRET), Optional.empty(), Execution.NON_BLOCKING);
            }
        },
        MEMORY {
            @Override
            RequestSessions open(SessionRules rules) {
                return new RequestSessions().keepInMemory(rules, 100, 1 << 20);
            }
        };

        abstract RequestSessions open(SessionRules rules);
    }

    private final MovableClock clock = new MovableClock();
    private final SessionRules rules = new SessionRules("session", IDLE, MAX_AGE, clock);

    private RequestSessions open(Place place) {
        return place.open(rules).writeBy(CODECS);
    }

    /** Keeps one cookie, as a browser does. */
    private static final class Browser {
        private final RequestSessions sessions;
        private String cookie = ""; // "session=…"
        private Headers answered = Headers.empty();

        Browser(RequestSessions sessions) {
            this.sessions = sessions;
        }

        Browser(Browser copied) {
            this(copied.sessions);
            cookie = copied.cookie;
        }

        ServerRequest begin() {
            MockRequest.Builder request = MockRequest.get("/");
            ServerRequest served = ServerRequests.of(cookie.isEmpty() ? request : request.header("Cookie", cookie));
            served.setAttributeSource(sessions);
            return served;
        }

        void end(ServerRequest request, Headers headers) {
            var peer = new InetSocketAddress(0);
            answered = sessions.decorate(new Answer(Optional.of(request), peer, Status.OK), headers);
            answered.first("Set-Cookie").ifPresent(set -> {
                String pair = set.substring(0, set.indexOf(';'));
                cookie = set.contains("Max-Age=0") ? "" : pair;
            });
        }

        void request(Consumer<Session> handler) {
            ServerRequest request = begin();
            handler.accept(Session.of(request));
            end(request, Headers.empty());
        }

        boolean gotCookie() {
            return answered.contains("Set-Cookie");
        }

        <T> Optional<T> get(String name, Class<T> type) {
            ServerRequest request = begin();
            Optional<T> value = Session.of(request).get(name, type);
            end(request, Headers.empty());
            return value;
        }

        Optional<String> user() {
            ServerRequest request = begin();
            Optional<String> user = Session.of(request).user();
            end(request, Headers.empty());
            return user;
        }
    }

    private Browser browser(Place place) {
        return new Browser(open(place));
    }

    // ---- values

    /** A request can have hundreds of cookies of one name, and each may be a query of a database. */
    @Test
    void looksAtFewCookiesOfItsName() {
        var asked = new AtomicInteger();
        var store = new SessionStore() {
            @Override
            public Optional<StoredSession> find(String id) {
                asked.incrementAndGet();
                return Optional.empty();
            }

            @Override
            public Optional<StoredSession> update(String id, UnaryOperator<Optional<StoredSession>> change) {
                return change.apply(Optional.empty());
            }

            @Override
            public void removeAllOf(String user) {}
        };
        String cookies =
                IntStream.range(0, 500).mapToObj("session=%043d"::formatted).collect(Collectors.joining("; "));
        ServerRequest request = ServerRequests.of(MockRequest.get("/").header("Cookie", cookies));
        request.setAttributeSource(
                new RequestSessions().keepIn(store, rules, Execution.ADAPTIVE).writeBy(CODECS));
        assertEquals(Optional.empty(), Session.of(request).user());
        assertEquals(10, asked.get());
    }

    @ParameterizedTest
    @EnumSource
    void keepsValuesOfManyTypes(Place place) {
        Browser browser = browser(place);
        var cart = new Cart(
                List.of(new Item("pen", 2)),
                Map.of("a", List.of(1, 2), "", List.of()),
                Optional.of("\u20ac\ud83d\ude00"));
        browser.request(session -> {
            session.set("cart", cart);
            session.set("text", "\"quoted\",[1]");
            session.set("", "an empty name");
            session.set("number", 7);
            session.set("bytes", new byte[] {1, 2});
            session.set("items", List.of(new Item("pen", 1), new Item("cup", 3)));
            session.set("place", Place.MEMORY);
            session.set("age", Duration.ofHours(3));
        });
        browser.request(session -> {
            assertEquals(Optional.of(cart), session.get("cart", Cart.class));
            assertEquals(Optional.of("\"quoted\",[1]"), session.get("text", String.class));
            assertEquals(Optional.of("an empty name"), session.get("", String.class));
            assertEquals(Optional.of(7), session.get("number", int.class));
            assertEquals(Optional.of(7L), session.get("number", Long.class));
            assertEquals(2, session.get("bytes", byte[].class).orElseThrow().length);
            assertEquals(List.of(new Item("pen", 1), new Item("cup", 3)), session.getList("items", Item.class));
            assertEquals(Optional.of(Place.MEMORY), session.get("place", Place.class));
            assertEquals(Optional.of(Duration.ofHours(3)), session.get("age", Duration.class));
            assertEquals(Set.of("cart", "text", "", "number", "bytes", "items", "place", "age"), session.names());
            assertEquals(Optional.empty(), session.get("other", String.class));
            assertEquals(List.of(), session.getList("other", String.class));
        });
        assertFalse(browser.gotCookie(), "nothing has changed");
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfAnotherTypeCountsAsAbsent(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.set("value", "text"));
        browser.request(session -> {
            assertEquals(Optional.empty(), session.get("value", Item.class));
            assertEquals(List.of(), session.getList("value", String.class));
            assertEquals(Optional.of("text"), session.get("value", String.class));
        });
    }

    @ParameterizedTest
    @EnumSource
    void removesAndTakes(Place place) {
        Browser browser = browser(place);
        browser.request(session -> {
            session.set("notice", "saved");
            session.set("kept", 1);
        });
        browser.request(session -> {
            assertEquals(Optional.of("saved"), session.take("notice", String.class));
            assertEquals(Optional.empty(), session.take("notice", String.class));
        });
        browser.request(session -> {
            assertEquals(Optional.empty(), session.take("notice", String.class));
            session.remove("notice");
            assertEquals(Set.of("kept"), session.names());
        });
        assertFalse(browser.gotCookie());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrittenWhereNothingIsSet(Place place) {
        Browser browser = browser(place);
        browser.request(session -> {
            assertEquals(Optional.empty(), session.user());
            session.remove("nothing");
            session.renew();
            session.end();
            session.endAll();
            assertEquals(Optional.empty(), session.createdAt());
        });
        assertFalse(browser.gotCookie());
        browser.request(session -> {}); // isn't even looked at
        assertEquals(0, browser.answered.size());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTooLargeIsNamedWhereItIsSet(Place place) {
        Browser browser = browser(place);
        String most = "x".repeat(place == Place.COOKIE ? 2800 : StoreKeeper.MAX_BYTES - 200);
        browser.request(session -> {
            session.set("large", most);
            var fault = assertThrows(SessionTooLargeException.class, () -> session.set("more", "y".repeat(400)));
            assertEquals("more", fault.name());
            assertTrue(fault.getMessage().startsWith("The session has no room for more: "), fault.getMessage());
            assertThrows(SessionTooLargeException.class, () -> session.login("y".repeat(400)));
            assertEquals(Set.of("large"), session.names());
        });
        assertEquals(Optional.of(most), browser.get("large", String.class));
    }

    @Test
    void aCookieIsNeverLongerThanBrowsersKeep() {
        Browser browser = browser(Place.COOKIE);
        int longest = 0;
        for (int length = 2700; length < 3100; length++) {
            int size = length;
            try {
                browser.request(session -> session.set("x", "x".repeat(size)));
                String set = browser.answered.first("Set-Cookie").orElseThrow();
                assertTrue(set.length() <= 4096, set);
                longest = Math.max(longest, set.length());
            } catch (SessionTooLargeException expected) {
                int timeOfRenewal = 20; // in Base64
                assertTrue(longest > 4096 - "__Host-; Secure".length() - timeOfRenewal - 4, "up to " + longest);
            }
        }
    }

    // ---- logins

    @ParameterizedTest
    @EnumSource
    void aLoginHasANewIdAndTheOldOneIsWorthNothing(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.set("cart", 1));
        var thief = new Browser(browser);
        browser.request(session -> session.login("ada"));
        assertTrue(browser.gotCookie());
        assertEquals(Optional.of("ada"), browser.user());
        assertEquals(Optional.of(1), browser.get("cart", int.class));
        assertNotEquals(thief.cookie, browser.cookie);
        assertEquals(Optional.empty(), thief.user());
        assertEquals(Optional.empty(), thief.get("cart", int.class));
    }

    @ParameterizedTest
    @EnumSource
    void renewsTheIdAlone(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        var copy = new Browser(browser);
        clock.move(Duration.ofHours(1).minus(IDLE).minusSeconds(1));
        browser.request(Session::renew);
        assertEquals(Optional.of("ada"), browser.user());
        assertEquals(Optional.empty(), copy.user());
    }

    @ParameterizedTest
    @EnumSource
    void aLogoutEndsCopiesOfTheCookieToo(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        var copy = new Browser(browser);
        browser.request(session -> {
            session.end();
            assertEquals(Optional.empty(), session.user());
        });
        assertEquals("", browser.cookie);
        assertEquals(
                "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
                browser.answered.first("Set-Cookie").orElseThrow());
        assertEquals(Optional.empty(), copy.user());
    }

    @ParameterizedTest
    @EnumSource
    void endsAllSessionsOfAUserAndNoOthers(Place place) {
        RequestSessions sessions = open(place);
        var laptop = new Browser(sessions);
        var phone = new Browser(sessions);
        var other = new Browser(sessions);
        laptop.request(session -> session.login("ada"));
        phone.request(session -> session.login("ada"));
        other.request(session -> session.login("eve"));
        phone.request(Session::endAll);
        assertEquals(Optional.empty(), laptop.user());
        assertEquals(Optional.empty(), phone.user());
        assertEquals(Optional.of("eve"), other.user());
        laptop.request(session -> session.login("ada")); // within the same millisecond
        assertEquals(Optional.of("ada"), laptop.user());
        sessions.endAllOf("ada");
        assertEquals(Optional.empty(), laptop.user());
    }

    @ParameterizedTest
    @EnumSource
    void whoEndsAllAndLogsInAgainStays(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        browser.request(session -> {
            session.endAll();
            session.login("ada");
        });
        assertEquals(Optional.of("ada"), browser.user());
    }

    @ParameterizedTest
    @EnumSource
    void anIdOfTheClientsIsNeverTakenOver(Place place) {
        Browser browser = browser(place);
        String planted = "session=" + "A".repeat(43);
        browser.cookie = planted;
        browser.request(session -> session.login("ada"));
        assertNotEquals(planted, browser.cookie);
        browser.cookie = planted;
        assertEquals(Optional.empty(), browser.user());
    }

    // ---- expiry

    @ParameterizedTest
    @EnumSource
    void endsWhenItIsNotUsed(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        clock.move(IDLE.minusMillis(1));
        var copy = new Browser(browser);
        assertEquals(Optional.of("ada"), browser.user());
        clock.move(IDLE.minusMillis(1));
        assertEquals(Optional.of("ada"), browser.user());
        clock.move(IDLE);
        assertEquals(Optional.empty(), browser.user());
        assertEquals(Optional.empty(), copy.user());
    }

    @ParameterizedTest
    @EnumSource
    void isProlongedAfterATenthOfTheTimeout(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        clock.move(IDLE.dividedBy(10).minusMillis(1));
        browser.user();
        assertFalse(browser.gotCookie());
        clock.move(Duration.ofMillis(1));
        browser.user();
        assertEquals(place == Place.COOKIE, browser.gotCookie());
        clock.move(IDLE.minusMillis(1));
        assertEquals(Optional.of("ada"), browser.user());
    }

    @ParameterizedTest
    @EnumSource
    void endsAtItsMaximalAge(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.login("ada"));
        Duration step = Duration.ofMinutes(20);
        for (Duration age = step; age.compareTo(MAX_AGE) < 0; age = age.plus(step)) {
            clock.move(step);
            browser.request(session -> {
                assertEquals(Optional.of("ada"), session.user());
                session.renew();
            });
        }
        clock.move(step);
        assertEquals(Optional.empty(), browser.user());
    }

    @ParameterizedTest
    @EnumSource
    void aLoginBeginsANewAge(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.set("cart", 1));
        for (int i = 0; i < 4; i++) {
            clock.move(Duration.ofMinutes(20));
            browser.request(session -> assertEquals(Optional.of(1), session.get("cart", int.class)));
        }
        browser.request(session -> {
            session.login("ada");
            assertEquals(Optional.of(rules.now()), session.createdAt());
        });
    }

    // ---- when it may change

    static Stream<Consumer<Session>> changes() {
        return Stream.of(
                session -> session.set("a", 1),
                session -> session.remove("cart"),
                session -> session.take("cart", int.class),
                session -> session.login("eve"),
                Session::renew,
                Session::end,
                Session::endAll);
    }

    @ParameterizedTest
    @EnumSource
    void isReadOnlyOnceTheHeadIsSent(Place place) {
        Browser browser = browser(place);
        browser.request(session -> session.set("cart", 1));
        for (boolean wasUsed : new boolean[] {true, false}) {
            ServerRequest request = browser.begin();
            if (wasUsed) {
                Session.of(request).user();
            }
            browser.end(request, Headers.empty());
            changes().forEach(change -> {
                var fault = assertThrows(IllegalStateException.class, () -> change.accept(Session.of(request)));
                assertTrue(fault.getMessage().contains("the head of the answer has been sent"), fault.getMessage());
            });
            assertEquals(Optional.of(1), Session.of(request).get("cart", int.class));
        }
        assertEquals(Optional.of(1), browser.get("cart", int.class));
    }

    @Test
    void ofTwoRequestsAtOnceTheLaterAnswerWinsInACookie() {
        Browser browser = browser(Place.COOKIE);
        browser.request(session -> session.set("x", 0));
        ServerRequest one = browser.begin();
        ServerRequest other = browser.begin();
        Session.of(one).set("a", 1);
        Session.of(other).set("b", 1);
        browser.end(one, Headers.empty());
        browser.end(other, Headers.empty());
        browser.request(session -> assertEquals(Set.of("x", "b"), session.names()));
    }

    @Test
    void allChangesOfManyRequestsAtOnceAreInAStore() throws InterruptedException {
        Browser browser = browser(Place.MEMORY);
        browser.request(session -> session.set("x", 0));
        int threads = 4;
        int each = 50;
        var start = new CountDownLatch(1);
        List<Thread> running = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> {
                    var mine = new Browser(browser);
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    IntStream.range(0, each)
                            .forEach(i -> mine.request(session -> session.set("v" + thread + "." + i, i)));
                }))
                .toList();
        running.forEach(Thread::start);
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        browser.request(
                session -> assertEquals(threads * each + 1, session.names().size()));
    }

    @Test
    void onlyOneOfManyRequestsTakesAValueOfAStore() {
        Browser browser = browser(Place.MEMORY);
        browser.request(session -> session.set("voucher", "v1"));
        ServerRequest one = browser.begin();
        ServerRequest other = browser.begin();
        ServerRequest late = browser.begin();
        List.of(one, other, late)
                .forEach(request ->
                        assertEquals(Set.of("voucher"), Session.of(request).names()));
        assertEquals(Optional.of("v1"), Session.of(one).take("voucher", String.class));
        assertEquals(Optional.empty(), Session.of(other).take("voucher", String.class));
        browser.request(session -> session.set("voucher", "v2"));
        browser.request(Session::end);
        assertEquals(Optional.empty(), Session.of(late).take("voucher", String.class), "it has ended");
    }

    @Test
    void whatAnotherRequestHasEndedIsNotBegunAnew() {
        Browser browser = browser(Place.MEMORY);
        browser.request(session -> session.login("ada"));
        ServerRequest slow = browser.begin();
        assertEquals(Optional.of("ada"), Session.of(slow).user());
        browser.request(session -> session.login("ada"));
        Session.of(slow).set("a", 1);
        Session.of(slow).set("b", 1);
        assertEquals(Optional.empty(), Session.of(slow).user());
        browser.end(slow, Headers.empty());
        assertFalse(browser.gotCookie());
        browser.request(session -> assertEquals(Set.of(), session.names()));
        assertEquals(Optional.of("ada"), browser.user());
    }

    @ParameterizedTest
    @EnumSource
    void isUsedByManyThreadsAtOnce(Place place) throws InterruptedException {
        Browser browser = browser(place);
        ServerRequest request = browser.begin();
        Session session = Session.of(request);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread ->
                        new Thread(() -> IntStream.range(0, 20).forEach(i -> session.set("v" + thread + i, i))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        browser.end(request, Headers.empty());
        browser.request(there -> assertEquals(80, there.names().size()));
    }

    // ---- caches

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDependsOnASessionIsNotForSharedCaches(Place place) {
        Browser browser = browser(place);
        String none = "private, no-cache";
        assertCaching(browser, false, none, "Cookie", Headers.empty());
        assertCaching(
                browser, false, "public, max-age=60", "Cookie", Headers.of("Cache-Control", "public, max-age=60"));
        assertCaching(browser, false, none, "Accept, Cookie", Headers.of("Vary", "Accept"));
        assertCaching(browser, false, none, "accept, cookie", Headers.of("Vary", "accept, cookie"));
        assertCaching(browser, false, none, "*", Headers.of("Vary", "*"));
        assertCaching(browser, true, none, "Cookie", Headers.of("Cache-Control", "public, max-age=60"));
        assertCaching(browser, true, none, "Cookie", Headers.of("Cache-Control", "no-cache"));
        assertCaching(browser, true, "No-Store", "Cookie", Headers.of("Cache-Control", "No-Store"));
        assertCaching(browser, true, "private, max-age=5", "Cookie", Headers.of("Cache-Control", "private, max-age=5"));
    }

    /** A cookie from before a renewal ends its own session, and none that the user has begun since. */
    @ParameterizedTest
    @EnumSource
    void aCopyOfAnOldCookieEndsNoLaterSession(Place place) {
        var browser = new Browser(open(place));
        browser.request(session -> session.login("ada"));
        var copy = new Browser(browser);
        browser.request(Session::renew);
        browser.request(Session::endAll);
        clock.move(Duration.ofSeconds(1));
        browser.request(session -> session.login("ada"));
        clock.move(Duration.ofSeconds(1));
        copy.request(Session::endAll);
        browser.request(session -> assertEquals(Optional.of("ada"), session.user()));
    }

    private static void assertCaching(Browser browser, boolean logsIn, String control, String vary, Headers headers) {
        ServerRequest request = browser.begin();
        Session session = Session.of(request);
        if (logsIn) {
            session.login("ada");
        } else {
            session.user();
        }
        browser.end(request, headers);
        assertEquals(control, browser.answered.combined("Cache-Control").orElseThrow());
        assertEquals(vary, browser.answered.combined("Vary").orElseThrow());
        assertEquals(logsIn, browser.gotCookie());
    }
}
