package dev.bistro.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict reader of both formats: it throws where a text isn't exactly as the format says. */
record Exposition(Map<String, Double> samples, Map<String, String> types, Map<String, String> units) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE|UNIT) ([a-zA-Z_][a-zA-Z0-9_]*) (.*)");
    private static final String LABEL = "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\n\"])*)\"";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)((?:\\{" + LABEL + "(?:," + LABEL
            + ")*})?) (-?\\d+(?:\\.\\d+(?:E-?\\d+)?)?|[+-]Inf|NaN)");
    private static final Map<String, List<String>> SUFFIXES = Map.of(
            "counter", List.of("_total"),
            "gauge", List.of(""),
            "histogram", List.of("_bucket", "_count", "_sum"),
            "summary", List.of("", "_count", "_sum"));

    static Exposition read(String text, boolean isOpenMetrics) {
        var read = new Exposition(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
        require(text.endsWith("\n"), "a last line without an end");
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        int count = isOpenMetrics ? lines.length - 1 : lines.length;
        require(!isOpenMetrics || lines[count].equals("# EOF"), "no # EOF");
        String family = "";
        Set<String> helped = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String line = lines[i];
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                family = read.addComment(comment, family, helped, isOpenMetrics);
            } else {
                require(sample.matches(), line);
                read.addSample(sample, family, isOpenMetrics);
            }
        }
        read.checkHistograms();
        return read;
    }

    private String addComment(Matcher line, String family, Set<String> helped, boolean isOpenMetrics) {
        String name = line.group(2);
        switch (line.group(1)) {
            case "HELP" -> require(helped.add(name), "a family in two parts: " + name);
            case "TYPE" -> {
                require(name.equals(family) && types.put(name, line.group(3)) == null, line.group());
                boolean isTotal = !isOpenMetrics && line.group(3).equals("counter");
                require(SUFFIXES.containsKey(line.group(3)) && name.endsWith("_total") == isTotal, line.group());
            }
            default -> {
                require(isOpenMetrics && name.equals(family) && name.endsWith("_" + line.group(3)), line.group());
                require(units.put(name, line.group(3)) == null, line.group());
            }
        }
        return name;
    }

    private void addSample(Matcher line, String family, boolean isOpenMetrics) {
        String type = Optional.ofNullable(types.get(family)).orElseThrow();
        String name = isOpenMetrics ? family : family.replaceFirst("_total$", "");
        require(line.group(1).startsWith(name), line.group());
        require(SUFFIXES.get(type).contains(line.group(1).substring(name.length())), line.group());
        double value = switch (line.group(line.groupCount())) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(line.group(line.groupCount()));
        };
        require(samples.put(line.group(1) + line.group(2), value) == null, "twice: " + line.group());
    }

    /** Buckets grow, and the last one is the count. */
    private void checkHistograms() {
        var last = new HashMap<String, Double>();
        samples.forEach((key, value) -> {
            if (key.contains("_bucket{")) {
                String series = key.replaceFirst("_bucket\\{le=\"[^\"]*\"}$", "_count")
                        .replaceFirst(",le=\"[^\"]*\"", "")
                        .replace("_bucket{", "_count{");
                require(last.getOrDefault(series, 0.0) <= value, key);
                last.put(series, value);
                require(!key.contains("\"+Inf\"") || value.equals(samples.get(series)), key);
            }
        });
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    /** The value of a sample by its name and labels as they are written; 0 if there is none. */
    double value(String sample) {
        return samples.getOrDefault(sample, 0.0);
    }
}
