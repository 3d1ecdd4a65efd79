package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "C:",
                "c:windows",
                "a.txt::$DATA",
                "a.txt:stream",
                "con",
                "NUL",
                "nul.txt",
                "Aux.tar.gz",
                "prn ",
                "nul .txt",
                "COM1",
                "lpt9.log",
                "com²",
                "a.txt.",
                "a.txt ",
                "a. ."
            })
    void knowsThoseThatLeadElsewhere(String name) {
        assertTrue(WindowsNames.isSpecial(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "console", "null", "com", "com10", "a.con", "lpt", " a", "a b"})
    void knowsThoseThatDoNot(String name) {
        assertFalse(WindowsNames.isSpecial(name));
    }
}
