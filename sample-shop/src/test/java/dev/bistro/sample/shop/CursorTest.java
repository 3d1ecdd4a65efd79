package dev.bistro.sample.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Sort sort) {
        for (String name : new String[] {"Tea", " ", "a b", "Grüner Tee 🍵", "İ".repeat(100)}) {
            Cursor cursor = Cursor.behind(new Product(7, name, new BigDecimal("1000000.00"), "", 0, 1), sort);
            assertEquals(cursor, Cursor.parse(cursor.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "added",
                "added 1",
                "added 0 0",
                "added -1 1",
                "added 1 x",
                "added 99999999999999999999 1",
                "added 1 99999999999999999999",
                "size 1 1",
                "ADDED 1 1",
                "name 1 ",
                "name 1 a\u0000",
                "name 1 a\nb",
                "price 1 1",
                "price 1 -1.00",
                "price 1 1e9.00",
                "price 1 99999999.00",
                "price 1 ١.٠٠",
            })
    void refusesWhatItDidNotWrite(String text) {
        String coded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class, () -> Cursor.parse(coded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "a", "a b", "%00", "YWRkZWQgMSAx=", "bmFtZSAxIP8", "ü", "added 1 1"})
    void refusesWhatIsNoBase64OfText(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cursor.parse(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 100_000})
    void refusesWhatIsTooLong(int length) {
        Cursor cursor = new Cursor(Sort.NAME, "x".repeat(length), 1);
        assertThrows(IllegalArgumentException.class, () -> Cursor.parse(cursor.toString()));
    }
}
