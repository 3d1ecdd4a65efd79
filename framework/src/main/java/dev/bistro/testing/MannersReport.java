package dev.bistro.testing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings of all paths, as a table. */
final class MannersReport {
    private static final String GOOD = "✓";
    private static final String BAD = "✗";
    private static final String NOT_ASKED = "–";

    private final Map<String, Map<Manner, Finding>> rows = new LinkedHashMap<>();

    /** The outcome of checking a rule: a fault, or an empty text if there is none. */
    record Finding(String fault) {
        static final Finding GOOD = new Finding("");

        boolean isGood() {
            return fault.isEmpty();
        }
    }

    void add(String path, EnumMap<Manner, Finding> findings) {
        rows.put(path, findings);
    }

    /** The table, with a row for each path and a column for each rule. */
    String table() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        var table = new StringBuilder(pad("", width));
        for (Manner manner : Manner.values()) {
            table.append("  ").append(manner.title());
        }
        rows.forEach((path, findings) -> {
            table.append('\n').append(pad(path, width));
            for (Manner manner : Manner.values()) {
                table.append("  ")
                        .append(pad(mark(findings.get(manner)), manner.title().length()));
            }
        });
        return table.append('\n').toString();
    }

    private static String mark(Finding finding) {
        if (finding == null) {
            return NOT_ASKED;
        }
        return finding.isGood() ? GOOD : BAD;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** The faults, each with its path, its rule and the whole exchange. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        rows.forEach((path, findings) -> findings.forEach((manner, finding) -> {
            if (!finding.isGood()) {
                faults.add(path + ", " + manner.title() + ": " + finding.fault());
            }
        }));
        return faults;
    }
}
