package dev.bistro.testing;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes paths that match a template. */
record PathExamples(Map<String, String> byName) {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(\\*|:((?:[^{}]|\\{[^{}]*})*))?}");

    private static final Map<String, String> BY_TYPE = Map.of(
            "int", "1",
            "long", "1",
            "decimal", "1.5",
            "bool", "true",
            "uuid", "00000000-0000-4000-8000-000000000000",
            "date", "2026-01-31");

    /** The template with a value in the place of each variable. */
    String of(String template) {
        return VARIABLE.matcher(template)
                .replaceAll(variable -> java.util.regex.Matcher.quoteReplacement(value(variable)));
    }

    /** The template with a text in the place of each variable that has no type; null if it has no such variable. */
    String with(String template, String encoded) {
        String path = VARIABLE.matcher(template)
                .replaceAll(variable -> java.util.regex.Matcher.quoteReplacement(
                        variable.group(3) == null ? encoded : value(variable)));
        return path.equals(of(template)) ? null : path;
    }

    private String value(MatchResult variable) {
        String example = byName.get(variable.group(1));
        String type = variable.group(3);
        if (example != null) {
            return example;
        }
        if (type == null) {
            return "1";
        }
        String known = BY_TYPE.get(type);
        if (known == null) {
            throw new IllegalArgumentException("What is an example of {" + variable.group(1) + ":" + type
                    + "}? Name one in examples(): Map.of(\"" + variable.group(1) + "\", …)");
        }
        return known;
    }
}
