package dev.bistro.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "redis://cache, redis://cache:6379/0, -, -",
                "redis://cache/, redis://cache:6379/0, -, -",
                "redis://cache:7000/3, redis://cache:7000/3, -, -",
                "rediss://cache, rediss://cache:6379/0, -, -",
                "redis://:pass@cache, redis://cache:6379/0, -, pass",
                "redis://ada:pass@cache, redis://cache:6379/0, ada, pass",
                "redis://ada:@cache, redis://cache:6379/0, ada, -",
                "redis://ada@cache, redis://cache:6379/0, ada, -",
                "redis://ada:a%40b%3Ac+d@cache, redis://cache:6379/0, ada, a@b:c+d",
                "redis://ada:a@b:c@cache, redis://cache:6379/0, ada, a@b:c",
                "redis://:7000, redis://localhost:7000/0, -, -",
                "redis://[::1]:7000, redis://[::1]:7000/0, -, -",
            })
    void reads(String url, String shown, String user, String password) {
        RedisAddress address = RedisAddress.of(url);
        assertEquals(shown, address.shown());
        assertEquals(shown, address.toString());
        assertEquals(Optional.ofNullable(user), address.user());
        assertEquals(Optional.ofNullable(password), address.password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "http://:secret@cache",
                "redis-sentinel://:secret@cache",
                "redis://:secret@one,two",
                "redis://:secret@cache:0",
                "redis://:secret@cache:65536",
                "redis://:secret@cache:port",
                "redis://:secret@cache/name",
                "redis://:secret@cache?timeout=1s",
                "redis://:secret%zz@cache",
                "redis://:secret@cache/0 ",
            })
    void rejects(String url) {
        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> RedisAddress.of(url));
        assertFalse(fault.getMessage().contains("secret"), fault.getMessage());
    }
}
