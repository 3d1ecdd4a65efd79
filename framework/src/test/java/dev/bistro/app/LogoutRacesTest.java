package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.session.Session;
import dev.bistro.session.Sessions;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import dev.bistro.wire.PostgresServer;
import dev.bistro.wire.RedisServer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A logout and another request of the same session at the same time, at two instances, in each order of their steps:
 * afterwards no cookie that was ever given has a login.
 */
@Timeout(60)
class LogoutRacesTest {
    /** A letter is a step: a request looks at its session (capital), and does what it is for. B is the logout. */
    private static final List<String> ORDERS = List.of("ABab", "ABba", "AaBb", "BAab", "BAba", "BbAa");

    private static final List<String> OTHERS = List.of("set", "take", "remove", "renew", "renew-twice");
    private static final List<String> LOGOUTS = List.of("end", "endAll", "lock");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TestClient> started = new ArrayList<>();

    private static final String IN_MEMORY = "memory";

    /** Where sessions, or what is known of their ends, are kept. */
    private enum Place {
        COOKIES_OF_ONE("cookie", IN_MEMORY, ""),
        MEMORY_OF_ONE("memory", IN_MEMORY, ""),
        COOKIES_AND_H2("cookie", "database", ""),
        COOKIES_AND_REDIS("cookie", "redis", ""),
        H2("database", IN_MEMORY, ""),
        POSTGRESQL("database", IN_MEMORY, "postgresql"),
        REDIS("redis", IN_MEMORY, "");

        private final String store;
        private final String revocations;
        private final String engine;

        Place(String store, String revocations, String engine) {
            this.store = store;
            this.revocations = revocations;
            this.engine = engine;
        }

        private boolean uses(String setting) {
            return store.equals(setting) || revocations.equals(setting);
        }
    }

    /** Lets the steps of two requests go on one by one. */
    private static final class Turns {
        private static final Map<String, Turns> ALL = new ConcurrentHashMap<>();

        private final Map<Character, Semaphore> allowed =
                Map.of('A', new Semaphore(0), 'a', new Semaphore(0), 'B', new Semaphore(0), 'b', new Semaphore(0));
        private final Semaphore done = new Semaphore(0);

        void go(char step) throws InterruptedException {
            allowed.get(step).release();
            assertTrue(done.tryAcquire(30, TimeUnit.SECONDS), "step " + step);
        }

        void run(char step, Runnable work) throws InterruptedException {
            assertTrue(allowed.get(step).tryAcquire(30, TimeUnit.SECONDS), "turn of " + step);
            try {
                work.run();
            } finally {
                done.release();
            }
        }
    }

    @Route("/")
    static final class Account {
        private final Sessions sessions;

        @Inject
        Account(Sessions sessions) {
            this.sessions = sessions;
        }

        @Post("/login")
        void login(Session session) {
            session.set("value", "x");
            session.login("ada");
        }

        @Get("/user")
        String user(Session session) {
            return session.user().orElse("nobody");
        }

        @Post("/do/{turns}/{request}/{action}")
        void run(Session session, String turns, String request, String action) throws InterruptedException {
            Turns all = Turns.ALL.get(turns);
            char first = request.charAt(0);
            all.run(first, session::user);
            all.run(Character.toLowerCase(first), () -> act(session, action));
        }

        private void act(Session session, String action) {
            switch (action) {
                case "set" -> session.set("value", "y");
                case "take" -> session.take("value", String.class);
                case "remove" -> session.remove("value");
                case "renew" -> session.renew();
                case "renew-twice" -> {
                    session.renew();
                    session.set("value", "y");
                    session.renew();
                }
                case "end" -> session.end();
                case "endAll" -> session.endAll();
                default -> sessions.endAllOf("ada");
            }
        }
    }

    private List<TestClient> start(Place place) {
        String url = place.uses("redis")
                ? RedisServer.shared().url() + "/1"
                : place.engine.isEmpty()
                        ? TestDatabase.H2.newUrl()
                        : PostgresServer.shared().newSchema();
        BistroBuilder app = Bistro.app(LogoutRacesTest.class)
                .classes(Account.class)
                .set("session.store", place.store)
                .set("bistro.cookie-secrets", "a secret of thirty-two bytes or so")
                .set("database.migrations", "db/none")
                .set("security.csrf.enabled", "false");
        if (!place.revocations.equals(IN_MEMORY)) {
            app.set("session.revocations", place.revocations);
        }
        if (place.uses("redis")) {
            app.set("redis.url", url);
        } else if (place.uses("database")) {
            app.set("database.url", url);
        }
        started.add(TestClient.start(app));
        boolean isShared = place.uses("redis") || place.uses("database");
        started.add(isShared ? TestClient.start(app) : started.get(0));
        return started;
    }

    @AfterEach
    void stop() {
        started.stream().distinct().forEach(TestClient::close);
        threads.shutdownNow();
        Turns.ALL.clear();
    }

    @ParameterizedTest
    @EnumSource
    void aLogoutIsNeverUndone(Place place) throws InterruptedException {
        List<TestClient> instances = start(place);
        var faults = new ArrayList<String>();
        for (String order : ORDERS) {
            for (String other : OTHERS) {
                for (String logout : LOGOUTS) {
                    String name = order + "-" + other + "-" + logout;
                    faults.addAll(race(instances, name, order, other, logout));
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    private List<String> race(List<TestClient> instances, String name, String order, String other, String logout)
            throws InterruptedException {
        var turns = new Turns();
        Turns.ALL.put(name, turns);
        String cookie = instances
                .get(0)
                .post("/login")
                .send()
                .assertStatus(204)
                .cookie("session")
                .orElseThrow();
        CompletableFuture<TestResponse> a = send(instances.get(0), "/do/" + name + "/A/" + other, cookie);
        CompletableFuture<TestResponse> b = send(instances.get(1), "/do/" + name + "/B/" + logout, cookie);
        for (char step : order.toCharArray()) {
            turns.go(step);
        }
        var faults = new ArrayList<String>();
        var cookies = new ArrayList<>(List.of(cookie));
        a.join().assertStatus(204).cookie("session").ifPresent(cookies::add);
        b.join().assertStatus(204).cookie("session").ifPresent(cookies::add);
        for (int i = 0; i < cookies.size(); i++) {
            for (TestClient instance : instances) {
                String user = instance.get("/user")
                        .cookie("session", cookies.get(i))
                        .send()
                        .assertStatus(200)
                        .text();
                if (!user.equals("nobody")) {
                    faults.add(name + ": cookie " + i);
                }
            }
        }
        return faults;
    }

    private CompletableFuture<TestResponse> send(TestClient client, String path, String cookie) {
        return CompletableFuture.supplyAsync(
                () -> client.post(path).cookie("session", cookie).send(), threads);
    }
}
