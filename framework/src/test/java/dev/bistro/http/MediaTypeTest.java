package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/html                        | text/html",
                "TEXT/Html                        | text/html",
                "text/html;charset=utf-8          | text/html;charset=utf-8",
                "text/html; Charset=\"UTF-8\"     | text/html;charset=utf-8",
                "text/html \t;\t charset=utf-8 ;  | text/html;charset=utf-8",
                "a/b;x=\"1 2\"                    | a/b;x=\"1 2\"",
                "a/b;x=\"\\\"\\\\\"               | a/b;x=\"\\\"\\\\\"",
                "a/b;x=\"\\1\"                    | a/b;x=1",
                "a/b;x=\"\"                       | a/b;x=\"\"",
                "a/b;x=\";y=1\";z=2               | a/b;x=\";y=1\";z=2",
                "a/b;;x=1;;                       | a/b;x=1",
                "a/b;x=1;X=2                      | a/b;x=1",
                "*/*                              | */*",
                "application/vnd.api+json         | application/vnd.api+json",
            })
    void readsAndWrites(String text, String written) {
        assertEquals(written, MediaType.parse(text).toString());
        assertEquals(MediaType.parse(text), MediaType.parse(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "/",
                "text/",
                "/html",
                "text/ html",
                "text /html",
                "text/html/x",
                "te xt/html",
                "text/html, text/plain",
                "text/html;charset",
                "text/html;charset=",
                "text/html;=utf-8",
                "text/html;charset =utf-8",
                "text/html;charset= utf-8",
                "text/html;charset=\"utf-8",
                "text/html;charset=\"utf-8\\",
                "text/html;charset=\"utf-8\"x",
                "text/html;charset=a b",
                "text/html;a=\"\r\n\"",
                ";charset=utf-8",
                "téxt/html"
            })
    void rejectsWhatIsNotOne(String text) {
        assertThrows(IllegalArgumentException.class, () -> MediaType.parse(text));
    }

    @Test
    void keepsTheOrderOfParameters() {
        String text = "a/b;one=1;two=2;three=3;four=4;five=5;six=6";
        assertEquals(text, MediaType.parse(text).toString());
        assertEquals(
                List.of("one", "two", "three", "four", "five", "six"),
                List.copyOf(MediaType.parse(text).parameters().keySet()));
    }

    @Test
    void theConstructorChecksAndLowersLikeParse() {
        assertEquals(MediaType.HTML, new MediaType("Text", "HTML", Map.of("CharSet", "UTF-8")));
        assertThrows(IllegalArgumentException.class, () -> new MediaType("text", "h tml", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new MediaType("text", "html", Map.of("a b", "c")));
        assertThrows(IllegalArgumentException.class, () -> new MediaType("text", "html", Map.of("a", "b\n")));
        assertThrows(IllegalArgumentException.class, () -> MediaType.of("text/html", "x"));
    }

    @Test
    void parametersCannotBeChanged() {
        Map<String, String> parameters = MediaType.parse("a/b;x=1").parameters();
        assertThrows(UnsupportedOperationException.class, () -> parameters.put("y", "2"));
    }

    @Test
    void valuesDifferByCaseButForTheCharset() {
        assertNotEquals(MediaType.parse("a/b;x=A"), MediaType.parse("a/b;x=a"));
        assertEquals(MediaType.parse("a/b;charset=ISO-8859-1"), MediaType.parse("a/b;charset=iso-8859-1"));
    }

    @Test
    void findsParametersWhateverTheCaseOfTheName() {
        assertEquals(Optional.of("utf-8"), MediaType.TEXT.parameter("Charset"));
        assertEquals(Optional.empty(), MediaType.JSON.parameter("charset"));
    }

    @Test
    void rangesIncludeTheirTypes() {
        assertTrue(MediaType.ANY.includes(MediaType.JSON));
        assertTrue(MediaType.of("text", "*").includes(MediaType.HTML));
        assertTrue(MediaType.of("text", "html").includes(MediaType.HTML));
        assertFalse(MediaType.of("text", "*").includes(MediaType.JSON));
        assertFalse(MediaType.HTML.includes(MediaType.of("text", "*")));
        assertFalse(MediaType.HTML.includes(MediaType.TEXT));
    }

    @Test
    void aWildcardBeforeASubtypeIsNoRange() {
        assertFalse(MediaType.of("*", "html").includes(MediaType.HTML));
    }

    @Test
    void knowsJsonByItsSuffix() {
        assertTrue(MediaType.JSON.isJson());
        assertTrue(MediaType.PROBLEM_JSON.isJson());
        assertFalse(MediaType.of("application", "jsonp").isJson());
        assertFalse(MediaType.of("text", "json").isJson());
        assertFalse(MediaType.FORM.isJson());
    }
}
