package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {
    private static String decode(String text) {
        return PercentCoding.decode(text, 0, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "abc, abc",
        "%41, A",
        "a%20b, a b",
        "a+b, a+b",
        "%2F, /",
        "%2f, /",
        "%25, %",
        "%2525, %25",
        "caf%C3%A9, café",
        "%F0%9F%93%98, 📘",
        "%E2%8C%A8%EF%B8%8F, ⌨️",
        "'', ''",
        "%00, '\0'",
        "%7f, \u007f"
    })
    void decodes(String text, String decoded) {
        assertEquals(decoded, decode(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "a%", "%4", "%4g", "%g4", "%%41", "% 1", "%-1", "%+1", "%4%31", "%u0041", "%１１", "%٤١"})
    void rejectsWhatIsNoEscape(String text) {
        var fault = assertThrows(BadRequestException.class, () -> decode(text));
        assertEquals("Not valid percent-encoding", fault.detail().replaceFirst(": \".*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%80", // a continuation alone
                "%C3", // its continuation is missing
                "%C3%41",
                "%C3a",
                "%C3©", // a raw character is no continuation
                "%C0%AF", // overlong forms of '/'
                "%E0%80%AF",
                "%F0%80%80%AF",
                "%C1%81",
                "%ED%A0%80", // a surrogate
                "%ED%A0%BD%ED%B2%98",
                "%F4%90%80%80", // above U+10FFFF
                "%F8%88%80%80%80",
                "%FE",
                "%FF"
            })
    void rejectsBytesThatAreNoUtf8(String text) {
        var fault = assertThrows(BadRequestException.class, () -> decode("a" + text + "b%20"));
        assertEquals("Not UTF-8 after percent-decoding", fault.detail().replaceFirst(": \".*", ""));
    }

    @Test
    void namesTheEscapeThatIsWrong() {
        assertEquals(
                "Not valid percent-encoding: \"%zz\"",
                assertThrows(BadRequestException.class, () -> decode("abc%zzdef"))
                        .detail());
        assertEquals(
                "Not valid percent-encoding: \"%4\"",
                assertThrows(BadRequestException.class, () -> decode("abc%4")).detail());
    }

    @Test
    void looksOnlyAtItsPart() {
        assertEquals("b c", PercentCoding.decode("%zz/b%20c%2", 4, 9));
        assertThrows(BadRequestException.class, () -> PercentCoding.decode("%41", 0, 2));
        assertThrows(BadRequestException.class, () -> PercentCoding.decode("%41", 0, 1));
        assertEquals("", PercentCoding.decode("abc", 2, 2));
    }

    @Test
    void inAFormAPlusIsASpace() {
        assertEquals("a b+c d", PercentCoding.decodeForm("a+b%2Bc+d", 0, 9));
        assertEquals(" ", PercentCoding.decodeForm("+", 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"Ł, Ł", "Ł%20Ł, Ł Ł", "%20ı%41, ' ıA'", "📘%F0%9F%93%98, 📘📘"})
    void charactersOutsideAsciiStandForThemselves(String text, String decoded) {
        assertEquals(decoded, decode(text));
    }
}
