package dev.bistro.auth.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamingBody;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are fetched from a server that is slow, down, rotates them, or answers anything else. */
@Timeout(60)
class FetchedKeysTest {
    private static final Duration FOREVER = Duration.ofSeconds(50);
    private static final Duration MINUTES = Duration.ofMinutes(5);

    /** A server of keys. */
    @Route("/")
    static final class Issuer {
        static final AtomicInteger ASKED = new AtomicInteger();
        static volatile String keys;
        static volatile Status status;
        static volatile CountDownLatch held;

        @Get("/keys")
        Response<String> keys() throws InterruptedException {
            ASKED.incrementAndGet();
            held.await();
            return Response.status(status).withBody(keys);
        }

        @Get("/huge")
        Response<StreamingBody> huge() {
            return Response.ok((StreamingBody) output -> {
                byte[] spaces = " ".repeat(8_192).getBytes();
                for (int i = 0; i < 10_000; i++) {
                    output.write(spaces);
                }
            });
        }

        @Get("/drips")
        Response<StreamingBody> drips() {
            return Response.ok((StreamingBody) output -> {
                output.write("{\"keys\":[".getBytes());
                output.flush();
                awaitEnd();
            });
        }

        private static void awaitEnd() {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Get("/moved")
        Response<?> moved() {
            return Response.status(Status.FOUND).withHeader("Location", "/keys");
        }

        @Get("/page")
        Response<String> page() {
            return Response.ok("<html>").withHeader("Content-Type", MediaType.HTML.toString());
        }

        @Get("/empty")
        String empty() {
            return "{\"keys\":[]}";
        }
    }

    private final AtomicLong clock = new AtomicLong(17);
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private Server server;

    @BeforeEach
    void start() {
        Issuer.keys = Tokens.set(Tokens.rsa("one", Tokens.RSA));
        Issuer.status = Status.OK;
        Issuer.held = new CountDownLatch(0);
        Issuer.ASKED.set(0);
        server = Bistro.app(FetchedKeysTest.class).classes(Issuer.class).port(0).start();
    }

    @AfterEach
    void stop() {
        Issuer.held.countDown();
        server.close();
    }

    private FetchedKeys keys(String path, Duration timeout) {
        return keys(URI.create(server.uri() + path), timeout);
    }

    private FetchedKeys keys(URI address, Duration timeout) {
        return keys(address, new KeyFetch(address, timeout)::begin);
    }

    private FetchedKeys keys(URI address, Supplier<CompletableFuture<List<VerificationKey>>> fetch) {
        return new FetchedKeys(address, fetch, MINUTES, warnings::add, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static void assertUnavailable(FetchedKeys keys, String id) {
        var fault = assertThrows(HttpException.class, () -> keys.find(Optional.of(id)));
        assertEquals(Status.SERVICE_UNAVAILABLE, fault.status());
        assertEquals(Optional.of("1"), fault.headers().first("Retry-After"));
    }

    /** The answer while a fetch is under way, which is over when this comes back. */
    private static void assertUnavailableMeanwhile(FetchedKeys keys, String id) {
        Issuer.held = new CountDownLatch(1);
        assertUnavailable(keys, id);
        Issuer.held.countDown();
        keys.awaitFetch();
    }

    private static int found(FetchedKeys keys, String id) {
        return keys.find(Optional.of(id)).size();
    }

    @Test
    void areFetchedOnceAndKept() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        for (int i = 0; i < 100; i++) {
            assertEquals(1, found(keys, "one"));
        }
        assertEquals(1, Issuer.ASKED.get());
    }

    /** As where memory ends for a moment; here the time is longer than there are numbers. */
    @Test
    void areTriedAgainWhereAFetchCouldNotBegin() {
        FetchedKeys keys = keys("/keys", Duration.ofSeconds(Long.MAX_VALUE));
        for (int i = 0; i < 3; i++) {
            assertThrows(ArithmeticException.class, () -> keys.find(Optional.of("one")));
            pass(MINUTES);
        }
    }

    @Test
    void areFetchedAgainBesideWhileTheOldOnesAreUsed() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        Issuer.held = new CountDownLatch(1);
        Issuer.keys = Tokens.set(Tokens.ec("two"));
        pass(MINUTES.plusSeconds(1));
        assertEquals(1, found(keys, "one"), "and nobody waits");
        assertEquals(1, found(keys, "one"));
        assertUnavailable(keys, "two");
        Issuer.held.countDown();
        keys.awaitFetch();
        assertEquals(1, found(keys, "two"));
        assertEquals(0, found(keys, "one"), "was withdrawn");
        assertEquals(2, Issuer.ASKED.get());
    }

    @Test
    void anUnknownKeyIsLookedForButNotAgainAndAgain() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        assertEquals(0, found(keys, "two"), "they are fresh");
        Issuer.keys = Tokens.set(Tokens.rsa("one", Tokens.RSA), Tokens.ec("two"));
        pass(FetchedKeys.UNKNOWN_INTERVAL);
        assertUnavailableMeanwhile(keys, "two");
        assertEquals(1, found(keys, "two"));
        for (int i = 0; i < 100; i++) {
            assertEquals(0, found(keys, "forged" + i));
        }
        assertEquals(2, Issuer.ASKED.get());
        pass(FetchedKeys.UNKNOWN_INTERVAL);
        Issuer.held = new CountDownLatch(1);
        assertUnavailable(keys, "forged");
        assertEquals(1, found(keys, "one"), "known ones are never held up");
        Issuer.held.countDown();
        keys.awaitFetch();
        assertEquals(0, found(keys, "forged"));
        assertEquals(3, Issuer.ASKED.get());
    }

    @Test
    void areFoundByWhoeverAskedForThemIfTheFetchIsOverAtOnce() {
        List<VerificationKey> one = KeyFile.ofSet(Tokens.set(Tokens.rsa("one", Tokens.RSA)));
        List<VerificationKey> both = KeyFile.ofSet(Tokens.set(Tokens.rsa("one", Tokens.RSA), Tokens.ec("two")));
        var sets = List.of(one, both).iterator();
        FetchedKeys keys =
                keys(URI.create("https://issuer.example/keys"), () -> CompletableFuture.completedFuture(sets.next()));
        assertEquals(1, found(keys, "one"), "nothing was there before");
        pass(FetchedKeys.UNKNOWN_INTERVAL);
        assertEquals(1, found(keys, "two"));
    }

    @Test
    void areUsedWhileTheirServerFailsButNotForEver() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        Issuer.status = Status.INTERNAL_SERVER_ERROR;
        pass(MINUTES.plusSeconds(1));
        assertEquals(1, found(keys, "one"));
        keys.awaitFetch();
        assertEquals(1, found(keys, "one"));
        pass(FetchedKeys.LONGEST_USE);
        assertUnavailableMeanwhile(keys, "one");
        Issuer.status = Status.OK;
        assertUnavailable(keys, "one");
        assertEquals(3, Issuer.ASKED.get(), "not again before the next second");
        pass(FetchedKeys.RETRY_INTERVAL);
        assertUnavailableMeanwhile(keys, "one");
        assertEquals(1, found(keys, "one"));
    }

    @Test
    void whetherAKeyIsUnknownCantBeSaidWhileTheServerFails() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        Issuer.status = Status.INTERNAL_SERVER_ERROR;
        pass(FetchedKeys.UNKNOWN_INTERVAL);
        assertUnavailableMeanwhile(keys, "two");
        for (int i = 0; i < 100; i++) {
            assertUnavailable(keys, "two");
        }
        assertEquals(1, found(keys, "one"), "known ones are used");
        assertEquals(2, Issuer.ASKED.get());
        Issuer.status = Status.OK;
        pass(FetchedKeys.UNKNOWN_INTERVAL);
        assertUnavailableMeanwhile(keys, "two");
        assertEquals(0, found(keys, "two"), "now it is known that there is no such key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "[]",
                "{}",
                "{\"kty\":5}",
                "{\"kty\":\"new\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"key_ops\":[\"new\"]}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"AAAA\"]}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"exp\":\"soon\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}"
            })
    void aKeyThatIsNotUnderstoodIsLeftOut(String strange) {
        Issuer.keys = "{\"keys\":[" + strange + "," + Tokens.rsa("one", Tokens.RSA) + "]}";
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        assertEquals(1, found(keys, "one"), warnings::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/huge", "/moved", "/page", "/empty", "/nothing"})
    void whatIsNoSetOfKeysIsUnavailable(String path) {
        FetchedKeys keys = keys(path, FOREVER);
        keys.begin();
        assertUnavailable(keys, "one");
        assertEquals(1, warnings.size(), warnings::toString);
    }

    @Test
    void aServerThatIsDownIsUnavailableAndTriedAgain() {
        FetchedKeys keys = keys("/keys", FOREVER);
        Issuer.status = Status.SERVICE_UNAVAILABLE;
        keys.begin();
        assertUnavailable(keys, "one");
        Issuer.status = Status.OK;
        pass(FetchedKeys.RETRY_INTERVAL);
        assertUnavailableMeanwhile(keys, "one");
        assertEquals(1, found(keys, "one"));
    }

    @Test
    void nobodyListens() {
        URI address = server.uri();
        server.close();
        FetchedKeys keys = keys(URI.create(address + "/keys"), FOREVER);
        keys.begin();
        assertUnavailable(keys, "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keys", "/drips"})
    void aServerThatIsSlowIsWaitedForOnlySoLong(String path) {
        Issuer.held = new CountDownLatch(1);
        FetchedKeys keys = keys(path, Duration.ofMillis(200));
        keys.begin(); // comes back
        assertUnavailable(keys, "one");
    }

    @Test
    void aSlowFetchHoldsUpNobody() {
        FetchedKeys keys = keys("/keys", FOREVER);
        keys.begin();
        Issuer.held = new CountDownLatch(1);
        pass(MINUTES.plusSeconds(1));
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    List.of(Optional.of("one")),
                    keys.find(Optional.of("one")).stream()
                            .map(VerificationKey::id)
                            .toList());
        }
    }
}
