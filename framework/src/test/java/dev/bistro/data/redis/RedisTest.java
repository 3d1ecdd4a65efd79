package dev.bistro.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.wire.Await;
import dev.bistro.wire.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands get their own replies, and a server that goes or is slow fails them without delay. */
@Timeout(60)
class RedisTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    private RedisServer server;
    private Redis redis;

    @BeforeEach
    void open() throws RedisException {
        server = RedisServer.shared();
        redis = Redis.open(RedisAddress.of(server.url()), LONG);
    }

    @AfterEach
    void close() {
        if (redis != null) { // where there is no Redis
            redis.close();
        }
    }

    /** Waits until it answers again. */
    private void awaitAnswer() {
        Await.until(() -> {
            try {
                redis.call("ping");
                return true;
            } catch (RedisException notYet) {
                return false;
            }
        });
    }

    @Test
    void givesRepliesOfAllKinds() throws RedisException {
        redis.call("del", "kinds");
        assertEquals(Optional.empty(), redis.call("get", "kinds").text());
        assertEquals(Optional.of("OK"), redis.call("set", "kinds", "größer\r\n").text());
        assertEquals(Optional.of("größer\r\n"), redis.call("get", "kinds").text());
        assertEquals(10, redis.call("strlen", "kinds").number());
        RedisScript script = RedisScript.of("return {KEYS[1], {ARGV[1], 7}, false, {}}");
        RedisReply reply = redis.call(script, List.of("kinds"), List.of("é"));
        assertEquals("kinds", reply.text(0));
        assertEquals(List.of("é", 7L), reply.list(1).values());
        assertEquals(0, reply.list(2).size());
        assertEquals(0, reply.list(3).size());
        assertEquals("known", redis.call(script, List.of("known"), List.of("é")).text(0));
    }

    @Test
    void saysWhatIsRefused() throws RedisException {
        redis.call("set", "text", "a");
        RedisException fault = assertThrows(RedisException.class, () -> redis.call("lpush", "text", "b"));
        assertEquals("WRONGTYPE", fault.code());
        assertEquals(
                "ERR",
                assertThrows(RedisException.class, () -> redis.call("nonsense")).code());
        assertEquals(Optional.of("a"), redis.call("get", "text").text());
    }

    @Test
    void goesOnWhenItsConnectionIsEnded() throws RedisException {
        try (RedisConnection own = redis.connect()) {
            var waiting = own.send(LONG, "blpop", "nothing", "0");
            String id = "" + redis.call("client", "id").number();
            server.ask("CLIENT KILL TYPE normal");
            RedisException fault = assertThrows(RedisException.class, () -> RedisConnection.await(waiting));
            assertEquals("", fault.code());
            Await.until(() -> !own.isOpen()); // the driver fails the commands first
            awaitAnswer();
            assertFalse(id.equals("" + redis.call("client", "id").number()));
        }
    }

    @Test
    void failsSoonWhileTheServerIsSlow() throws RedisException {
        redis.close();
        redis = Redis.open(RedisAddress.of(server.url()), Duration.ofSeconds(1));
        RedisConnection own = redis.connect();
        server.pause();
        try {
            long start = System.nanoTime();
            RedisException fault = assertThrows(RedisException.class, () -> own.call(SHORT, "ping"));
            assertEquals("There is no answer within 200 ms", fault.getMessage());
            assertFalse(own.isOpen());
            assertEquals(
                    "",
                    assertThrows(RedisException.class, () -> redis.call("ping")).code());
            assertEquals(
                    "",
                    assertThrows(RedisException.class, () -> redis.call("ping")).code());
            assertTrue(System.nanoTime() - start < LONG.toNanos());
        } finally {
            server.resume();
        }
        awaitAnswer();
    }

    @Test
    void failsAtOnceWhileThereIsNoServer() throws RedisException {
        redis.call("set", "kept", "yes");
        try {
            server.kill();
            RedisException fault = assertThrows(RedisException.class, () -> redis.call("get", "kept"));
            assertEquals("", fault.code());
        } finally {
            server.start();
        }
        awaitAnswer();
        assertEquals(Optional.of("yes"), redis.call("get", "kept").text());
    }

    @Test
    void endsWhatWaitsWhenItIsClosed() throws RedisException {
        RedisConnection own = redis.connect();
        var waiting = own.send(LONG, "blpop", "nothing", "0");
        redis.close();
        assertThrows(RedisException.class, () -> RedisConnection.await(waiting));
        assertThrows(RedisException.class, () -> redis.call("ping"));
        assertThrows(RedisException.class, () -> redis.connect());
    }

    @Test
    void logsIn() throws RedisException {
        server.ask("ACL SETUSER ada on >p%40ss@w:rd ~* +@all");
        RedisAddress address = RedisAddress.of(server.url().replace("redis://", "redis://ada:p%2540ss%40w:rd@") + "/1");
        try (Redis own = Redis.open(address, LONG)) {
            assertEquals(Optional.of("ada"), own.call("acl", "whoami").text());
        }
        RedisException fault = assertThrows(
                RedisException.class,
                () -> Redis.open(address.as(Optional.empty(), Optional.of("secret")), LONG)
                        .close());
        assertEquals("WRONGPASS", fault.code());
        assertFalse(fault.getMessage().contains("secret"), fault.getMessage());
    }

    @Test
    void saysThatTheServerDoesNotSpeakTls() {
        RedisAddress address = RedisAddress.of(server.url().replace("redis://", "rediss://"));
        RedisException fault = assertThrows(
                RedisException.class, () -> Redis.open(address, SHORT).close());
        assertEquals("", fault.code());
    }
}
