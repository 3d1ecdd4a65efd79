package dev.bistro.openapi.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Kinds of changes of a document, and whether each breaks clients. */
class DocumentChangesTest {
    private static final String BASE;

    static {
        try {
            BASE = Files.readString(Path.of("src/test/resources/openapi/changes.json"));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static Map<String, Object> base() {
        return Json.map(Json.read(BASE.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> changed(String pointer, String value) {
        Map<String, Object> document = base();
        int last = pointer.lastIndexOf('/');
        Object at = document;
        for (String step : pointer.substring(0, last).split("/")) {
            if (step.isEmpty()) {
                continue; // before the first slash
            }
            String name = step.replace("~1", "/").replace("~0", "~");
            at = at instanceof List<?> list
                    ? list.get(Integer.parseInt(name))
                    : Json.map(at).get(name);
        }
        String name = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
        Object json = value == null ? null : Json.read(value.getBytes(StandardCharsets.UTF_8));
        if (at instanceof List<?>) {
            @SuppressWarnings("unchecked") // lists of JSON
            var list = (List<Object>) at;
            if (name.equals("-")) {
                list.add(json);
            } else if (value == null) {
                list.remove(Integer.parseInt(name));
            } else {
                list.set(Integer.parseInt(name), json);
            }
        } else if (value == null) {
            Json.map(at).remove(name);
        } else {
            Json.map(at).put(name, json);
        }
        return document;
    }

    /** Where the document is changed, to what (nothing: removed), whether that breaks clients, and what is told. */
    @ParameterizedTest
    @CsvFileSource(resources = "/openapi/changes.txt", delimiter = '|', quoteCharacter = '\0')
    void tellsOfAChange(String pointer, String value, String breaks, String expected) {
        List<Change> changes =
                DocumentChanges.between(base(), changed(pointer, value)).all();
        assertEquals(
                expected,
                String.join("; ", changes.stream().map(Change::toString).toList()));
        assertEquals(breaks.equals("breaks"), changes.stream().anyMatch(Change::breaks), expected);
    }

    /** Undoing a change is a change too; and it is of the other kind where one direction is safe. */
    @ParameterizedTest
    @CsvFileSource(resources = "/openapi/changes.txt", delimiter = '|', quoteCharacter = '\0')
    void tellsOfTheWayBack(String pointer, String value) {
        assertTrue(
                !DocumentChanges.between(changed(pointer, value), base()).all().isEmpty());
    }

    @Test
    void hasNothingToTellOfTheSameDocument() {
        assertEquals("", DocumentChanges.between(base(), base()).text());
        assertEquals("", DocumentChanges.between(base(), sorted(base())).text());
    }

    /** The same members in another order. */
    private static Map<String, Object> sorted(Map<String, Object> tree) {
        var copy = new TreeMap<String, Object>();
        tree.forEach((key, value) -> copy.put(key, value instanceof Map ? sorted(Json.map(value)) : value));
        return new LinkedHashMap<>(copy);
    }

    /** A component that has another name, or is written where it is used, is the same to clients. */
    @Test
    void passesOverNamesOfComponents() {
        String renamed = BASE.replace("schemas/Item\"", "schemas/Thing\"").replace("\"Item\": {", "\"Thing\": {");
        List<Change> changes = DocumentChanges.between(
                        base(), Json.map(Json.read(renamed.getBytes(StandardCharsets.UTF_8))))
                .all();
        assertEquals(
                List.of("the document: has other names, or differs in what nothing uses,"
                        + " first at /components/schemas/Found/oneOf"),
                changes.stream().map(Change::toString).toList());
    }

    @Test
    void namesWhatBreaksFirst() {
        var document = changed("/paths/~1items/get/parameters/0/required", "true");
        Json.map(document, "info").put("title", "Bazaar");
        assertEquals("""
                These break clients:
                  - GET /items, query parameter limit: is required now
                These don't:
                  - info: its title was "Shop", and is "Bazaar"
                """, DocumentChanges.between(base(), document).text());
    }

    @Test
    void eachOfManyChangesIsToldOnce() {
        var document = changed("/components/schemas/Item/properties/name", null);
        List<String> told = new ArrayList<>();
        DocumentChanges.between(base(), document).all().forEach(change -> told.add(change.toString()));
        assertEquals(List.of("schema Item/name in answers: is gone"), told);
    }
}
