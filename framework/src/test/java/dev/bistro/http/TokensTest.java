package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void tokenCharactersAreThoseOfTheGrammar() {
        String all = IntStream.range(-1, 0x200)
                .filter(Tokens::isTokenChar)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        assertEquals("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~", all);
    }

    @Test
    void tokensAreNotEmpty() {
        assertTrue(Tokens.isToken("X-Id"));
        assertFalse(Tokens.isToken(""));
        assertFalse(Tokens.isToken("X Id"));
    }

    @Test
    void fieldValuesHaveNoControlCharacterButTab() {
        String controls = IntStream.range(0, 0x100)
                .filter(c -> !Tokens.isFieldValueChar(c))
                .mapToObj(c -> String.format("%02x", c))
                .collect(Collectors.joining(" "));
        assertEquals(
                "00 01 02 03 04 05 06 07 08 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 7f",
                controls);
        assertFalse(Tokens.isFieldValueChar(0x10a));
        assertFalse(Tokens.isFieldValueChar(-1));
    }

    @Test
    void quotesWhatIsNotPrintable() {
        assertEquals("\"a\\u000ab\\u00e9\"", Tokens.quote("a\nb\u00e9"));
    }

    @Test
    void quotesNoMoreThanAMessageCanBear() {
        assertEquals("\"" + "x".repeat(200) + "\"...", Tokens.quote("x".repeat(201)));
        assertEquals("\"" + "x".repeat(200) + "\"", Tokens.quote("x".repeat(200)));
    }
}
