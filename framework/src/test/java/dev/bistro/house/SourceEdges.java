package dev.bistro.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What source files mention by a full name, held against the plan of the house: imports and qualified names, in
 * comments and Javadoc links as well as in code, since who reads a room should not be sent to one that it mustn't know.
 */
final class SourceEdges {
    private static final Pattern OURS = Pattern.compile("\\bdev\\.bistro\\.[\\w.*]+");
    private static final Pattern LIBRARY = Pattern.compile(Rooms.libraries().stream()
            .map(prefix -> "\\b" + Pattern.quote(prefix) + "[\\w.*]+")
            .collect(Collectors.joining("|")));
    private static final Pattern CONSOLE = Pattern.compile("\\bSystem\\s*\\.\\s*(out|err)\\b|\\.printStackTrace\\(\\)");

    private SourceEdges() {}

    static List<String> faults(Path main) {
        var faults = new ArrayList<String>();
        for (Path file : Sources.files(main.resolve("dev/bistro"), ".java")) {
            String name = main.relativize(file).toString().replace('/', '.').replaceFirst("\\.java$", "");
            faults.addAll(faults(name, Sources.read(file)));
        }
        return faults;
    }

    /** The faults of one file: {@code faults("dev.bistro.http.Accept", "…")}. */
    static Set<String> faults(String name, String text) {
        var faults = new LinkedHashSet<String>();
        for (Pattern mention : List.of(OURS, LIBRARY)) {
            mention.matcher(text)
                    .results()
                    .forEach(found -> Rooms.fault(name, found.group()).ifPresent(faults::add));
        }
        CONSOLE.matcher(text)
                .results()
                .filter(found -> !name.equals(Rooms.WRITES_TO_CONSOLE))
                .forEach(found ->
                        faults.add(name + " writes to the console (" + found.group() + "): the framework has a log"));
        return faults;
    }
}
