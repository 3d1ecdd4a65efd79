package dev.bistro.session.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.session.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept in memory has bounds in number and size. */
class MemoryBoundsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MovableClock clock = new MovableClock();

    private StoredSession session(String user, int chars) {
        Instant now = clock.instant();
        Optional<String> name = Optional.of(user).filter(text -> !text.isEmpty());
        return new StoredSession(now, now.plus(HOUR), name, Set.of(), Map.of("v", "x".repeat(chars)));
    }

    private void put(MemorySessionStore store, String id, String user, int chars) {
        store.update(id, before -> Optional.of(session(user, chars)));
    }

    private static List<String> present(MemorySessionStore store, String... ids) {
        return List.of(ids).stream().filter(id -> store.find(id).isPresent()).toList();
    }

    @Test
    void thoseGoThatWereLongestNotUsed() {
        var store = new MemorySessionStore(3, Long.MAX_VALUE, clock);
        put(store, "a", "", 1);
        put(store, "b", "", 1);
        put(store, "c", "", 1);
        store.find("a");
        put(store, "d", "", 1);
        assertEquals(3, store.count());
        assertEquals(List.of("a", "c", "d"), present(store, "a", "b", "c", "d"));
    }

    @Test
    void manySessionsWithoutAUserPushOutNoLogin() {
        var store = new MemorySessionStore(10, Long.MAX_VALUE, clock);
        IntStream.range(0, 5).forEach(i -> put(store, "login" + i, "ada", 1));
        IntStream.range(0, 1000).forEach(i -> put(store, "flood" + i, "", 1));
        assertEquals(10, store.count());
        assertEquals(
                5,
                present(store, "login0", "login1", "login2", "login3", "login4").size());
        IntStream.range(0, 20).forEach(i -> put(store, "more" + i, "eve", 1));
        assertEquals(List.of(), present(store, "login0", "flood999"));
        put(store, "late", "", 1);
        assertEquals(List.of("late"), present(store, "late"));
        assertEquals(10, store.count());
    }

    @Test
    void theyTakeNoMoreThanSoManyBytes() {
        int most = 1 << 20;
        var store = new MemorySessionStore(Integer.MAX_VALUE, most, clock);
        for (int i = 0; i < 500; i++) {
            put(store, "s" + i, i % 3 == 0 ? "ada" : "", 10_000);
            put(store, "s" + i / 2, "", 1 + i);
            assertTrue(store.bytes() <= most, () -> store.bytes() + " bytes");
        }
        for (int i = 0; i < 500; i++) {
            store.update("s" + i, before -> Optional.empty());
        }
        assertEquals(0, store.count());
        assertEquals(0, store.bytes());
    }

    @Test
    void thoseGoThatHaveExpired() {
        var store = new MemorySessionStore(100, Long.MAX_VALUE, clock);
        IntStream.range(0, 50).forEach(i -> put(store, "s" + i, i % 2 == 0 ? "ada" : "", 1));
        clock.move(HOUR);
        put(store, "new", "", 1);
        assertEquals(1, store.count());
        store.update("new", before -> Optional.empty());
        assertEquals(0, store.bytes());
    }

    @Test
    void aChangeThatThrowsChangesNothing() {
        var store = new MemorySessionStore(100, Long.MAX_VALUE, clock);
        put(store, "a", "", 1);
        long bytes = store.bytes();
        assertThrows(
                IllegalStateException.class,
                () -> store.update("a", before -> {
                    throw new IllegalStateException("expected");
                }));
        assertEquals(List.of("a"), present(store, "a"));
        assertEquals(bytes, store.bytes());
    }

    @Test
    void allOfAUserAreRemoved() {
        var store = new MemorySessionStore(100, Long.MAX_VALUE, clock);
        put(store, "a", "ada", 1);
        put(store, "b", "eve", 1);
        put(store, "c", "ada", 1);
        store.removeAllOf("ada");
        assertEquals(List.of("b"), present(store, "a", "b", "c"));
    }

    @Test
    void revocationsAreForgottenWhenTheyAreNeededNoMore() {
        var revocations = new MemoryRevocations(3, clock);
        Instant now = clock.instant();
        revocations.revoke("a", now, now.plus(HOUR));
        revocations.revoke("b", now, now.plus(HOUR.multipliedBy(2)));
        revocations.revoke("a", now.plusSeconds(1), now.plus(HOUR.multipliedBy(3)));
        assertEquals(Optional.of(now.plusSeconds(1)), revocations.revokedAt("a"));
        assertEquals(2, revocations.count());
        clock.move(HOUR.multipliedBy(2));
        revocations.revoke("c", clock.instant(), clock.instant().plus(HOUR.multipliedBy(9)));
        assertEquals(Optional.empty(), revocations.revokedAt("b"));
        assertEquals(2, revocations.count());
    }

    @Test
    void ofTooManyRevocationsTheFirstToEndIsForgotten() {
        var revocations = new MemoryRevocations(3, clock);
        for (int i = 0; i < 10; i++) {
            clock.move(Duration.ofSeconds(1));
            revocations.revoke("s" + i, clock.instant(), clock.instant().plus(HOUR));
            assertTrue(revocations.count() <= 3);
        }
        assertEquals(Optional.empty(), revocations.revokedAt("s6"));
        assertTrue(revocations.revokedAt("s7").isPresent());
    }
}
