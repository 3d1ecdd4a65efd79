package dev.bistro.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktrackingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a*)*",
                "([a-z]+)*\\d",
                "(a|a)*",
                "(\\w|\\d)+x",
                "(a|ab|b)*c",
                "([a-z]*-?)*",
                "(?:x|(?<word>\\w+))+",
                "(\\d{1,3})+",
                "(a?b?)*",
                "((a|b)+c?)+",
                "(.*)*",
                "(.+,?)+",
                "(a+?)+?",
                "(é|[^a-z])+"
            })
    void tellsRegexesThatGoThroughATextInTooManyWays(String regex) {
        assertTrue(Backtracking.isCatastrophic(regex), regex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d+",
                ".+",
                ".*",
                "[a-z0-9]+(-[a-z0-9]+)*",
                "[a-z]{2}\\d+",
                "\\d{4}-\\d{2}-\\d{2}",
                "(\\d{1,3}\\.){3}\\d{1,3}",
                "(a|b)*",
                "(a|b)*a(a|b)",
                "[^/]+",
                "[]a]+",
                "[a-z&&[^b]]+",
                "\\p{L}[\\p{L}\\d]*",
                "v\\d+(\\.\\d+)?",
                "(en|de|fr)(-[A-Z]{2})?",
                "^abc$",
                "([A-Za-z0-9_-]{4})*",
                "a?a?a?a?",
                "(?i)(a+)+",
                "(a++)+",
                "(?=a)b+",
                "(a)\\1+"
            })
    void leavesOthersAlone(String regex) {
        Pattern.compile(regex);
        assertFalse(Backtracking.isCatastrophic(regex), regex);
    }

    /** What isn't seen at startup is stopped when it happens. */
    @ParameterizedTest
    @ValueSource(strings = {"(?i)(a+)+", "a*a*a*a*a*b", "(?:a|b)*c"})
    void aRegexEndsInAnyCase(String regex) {
        var constraint = new RegexConstraint(Pattern.compile(regex));
        String path = "/" + "a".repeat(8_000) + "!";
        assertFalse(constraint.allows(path, 1, path.length()));
    }

    @Test
    void aMatchIsFoundWithinTheLimits() {
        var constraint = new RegexConstraint(Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*"));
        String path = "/" + "abc-".repeat(500) + "d";
        assertEquals(true, constraint.allows(path, 1, path.length()));
    }
}
