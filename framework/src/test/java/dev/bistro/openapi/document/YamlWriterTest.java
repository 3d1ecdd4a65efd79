package dev.bistro.openapi.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is written as YAML is read again as the same by another's reader. */
class YamlWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "a b",
                "a: b",
                "a #b",
                "#a",
                "- a",
                "-",
                "a\n",
                "\n a",
                "a\tb",
                "'a'",
                "\"a\"",
                "a\\b",
                "true",
                "Yes",
                "no",
                "null",
                "~",
                "1",
                "1.5",
                "1e3",
                "0x1",
                ".inf",
                "2026-11-24",
                "12:30",
                "+1",
                "[a]",
                "{a}",
                "a, b",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "%a",
                "@a",
                "`a`",
                "? a",
                ": a",
                "a:",
                "#/components/schemas/A",
                "/items/{id}",
                "$ref",
                "\u0000",
                "\u0085",
                "\u2028",
                "\ufeff",
                "\u00e4",
                "\ud83d\ude00",
                "=",
                "<<",
                "application/json",
                "*/*",
                "^(?:[a-z]+)$",
                "a  b",
                " a",
                "a ",
                "---",
                "...",
                "y",
                "N",
                "on"
            })
    void textsStayThemselves(String text) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("value", text);
        tree.put(text + "k", List.of(text, Map.of("in", text)));
        assertSame(tree);
    }

    @Test
    void otherValuesStayThemselves() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("nothing", null);
        tree.put("numbers", List.of(1, -2.5, 9_000_000_000L, new java.math.BigDecimal("0.5")));
        tree.put("booleans", List.of(true, false));
        tree.put("empty", List.of(Map.of(), List.of()));
        tree.put("nested", List.of(List.of(1, List.of(2)), Map.of("a", List.of(Map.of("b", 1)))));
        tree.put("nulls", new ArrayList<>(Arrays.asList(null, "a")));
        assertSame(tree);
    }

    private static void assertSame(Map<String, Object> tree) {
        String yaml = YamlWriter.write(tree);
        assertEquals(
                new JsonMapper().valueToTree(tree).toString(),
                new YAMLMapper().readTree(yaml).toString(),
                yaml);
    }
}
