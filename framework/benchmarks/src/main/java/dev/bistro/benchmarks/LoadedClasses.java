package dev.bistro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a start's time goes, by the log of the classes that it loads ({@code -Xlog:class+load}): how many there are by
 * origin, and how long each step took.
 */
final class LoadedClasses {
    private static final Pattern LINE = Pattern.compile("\\[([0-9.]+)s\\].*? (\\S+) source: (.*)");

    /** What each step is, by a class that first comes at its end. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("dev.bistro.benchmarks.server.BenchmarkApplication", "Java itself");
        STEPS.put("dev.bistro.Assembly", "the log, and the program's settings");
        STEPS.put("dev.bistro.FoundClasses", "files and variables of settings");
        STEPS.put("dev.bistro.ReadConfigs", "the classes, and Bistro's settings");
        STEPS.put("dev.bistro.inject.Container", "what is injected");
        STEPS.put("dev.bistro.OpenPorts", "routes, arguments and results");
        STEPS.put("dev.bistro.Drain", "sockets and threads");
    }

    private final Map<String, Integer> byOrigin = new TreeMap<>();
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private int all;
    private long lastMillis;

    private LoadedClasses() {}

    static LoadedClasses read(Path log) throws IOException {
        var classes = new LoadedClasses();
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                classes.add((long) (Double.parseDouble(matcher.group(1)) * 1_000), matcher.group(2), matcher.group(3));
            }
        }
        return classes;
    }

    private void add(long millis, String name, String source) {
        all++;
        lastMillis = millis;
        byOrigin.merge(origin(name, source), 1, Integer::sum);
        if (STEPS.containsKey(name)) {
            ends.putIfAbsent(name, millis);
        }
    }

    private static String origin(String name, String source) {
        if (source.startsWith("shared objects file")) {
            return "an archive";
        }
        if (name.contains("/0x")) {
            return name.startsWith("dev.bistro.") ? "made at run time for Bistro" : "made at run time for others";
        }
        if (source.startsWith("file:")) {
            return Path.of(source.substring("file:".length())).getFileName().toString();
        }
        return source.startsWith("jrt:") || source.startsWith("java.") ? "modules of Java" : "others";
    }

    void print() {
        System.out.printf("%nLoaded classes: %,d%n", all);
        byOrigin.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(origin -> System.out.printf("%6d  %s%n", origin.getValue(), origin.getKey()));
        System.out.printf("%nSteps, ms (of one start, which writes a log of its classes)%n");
        long before = 0;
        for (var step : STEPS.entrySet()) {
            long end = ends.getOrDefault(step.getKey(), before);
            System.out.printf("%6d  %s%n", end - before, step.getValue());
            before = end;
        }
        System.out.printf("%6d  the first request, and the end%n", lastMillis - before);
    }
}
