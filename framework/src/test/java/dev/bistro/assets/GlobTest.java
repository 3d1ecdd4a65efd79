package dev.bistro.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *.js | app.js | true
            *.js | a/b/app.js | true
            *.js | app.jsx | false
            *.{js,css} | a/x.css | true
            *.{js,css} | a/x.html | false
            img/* | img/a.png | true
            img/* | img/b/a.png | false
            img/* | a/img/a.png | false
            /img/* | img/a.png | true
            img/** | img/b/a.png | true
            **/img/* | img/a.png | true
            **/img/* | a/b/img/a.png | true
            ** | a/b.c | true
            a?.txt | ab.txt | true
            a?.txt | a.txt | false
            a.b | axb | false
            (x)+[y] | (x)+[y] | true
            """)
    void matches(String glob, String path, boolean expected) {
        assertEquals(expected, Glob.parse(glob).matches(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.{js", "*.js}", "{a{b}}"})
    void refusesWhatIsNoPattern(String glob) {
        assertThrows(IllegalArgumentException.class, () -> Glob.parse(glob));
    }
}
