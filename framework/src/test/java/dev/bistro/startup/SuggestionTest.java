package dev.bistro.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static Optional<String> nearest(String word, String... known) {
        return Suggestion.nearest(word, List.of(known));
    }

    @ParameterizedTest
    @CsvSource({
        "limt, limit",
        "limitt, limit",
        "limot, limit",
        "lmiit, limit",
        "usrnme, username",
        "ID, id",
        "ids, id",
        "server.prot, server.port"
    })
    void findsTheWordBehindAnError(String word, String meant) {
        assertEquals(Optional.of(meant), nearest(word, "name", meant, "quantity"));
    }

    @ParameterizedTest
    @CsvSource({"id, xy", "a, b", "name, quantity", "limit, offset", "name, a", "'', id", "id, ''", "'', ''"})
    void suggestsNothingFarAway(String word, String known) {
        assertEquals(Optional.empty(), nearest(word, known));
        assertEquals(Optional.empty(), nearest(word));
    }

    @Test
    void findsTheOnlyWordThatContainsTheOther() {
        assertEquals(Optional.of("id"), nearest("itemId", "id", "name"));
        assertEquals(Optional.of("itemId"), nearest("id", "itemId", "name"));
        assertEquals(Optional.empty(), nearest("id", "itemId", "personId"));
    }

    @Test
    void prefersFewEditsToContaining() {
        assertEquals(Optional.of("id"), nearest("ID", "userId", "id"));
        assertEquals(Optional.of("ids"), nearest("idd", "my-idd-values", "ids"));
    }

    @Test
    void ofEqualsItTakesTheFirst() {
        assertEquals(Optional.of("hat"), nearest("cat", "hat", "bat"));
    }
}
