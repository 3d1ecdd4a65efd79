package dev.bistro.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What source files mention by a full name, held against the plan of the house: imports and qualified names, in
 * comments and Javadoc links as well as in code, since who reads a room should not be sent to one that it mustn't know.
 */
final class SourceEdges {
    /** Ours, and those of libraries. */
    private static final List<String> PREFIXES =
            Stream.concat(Stream.of("dev.bistro."), Rooms.libraries().stream()).toList();

    /** Looks for the first letters of all at once: a look for each prefix at each place takes seconds. */
    private static final Pattern MENTION = Pattern.compile("\\b(?:"
            + PREFIXES.stream()
                    .map(prefix -> prefix.substring(0, prefix.indexOf('.')))
                    .distinct()
                    .collect(Collectors.joining("|"))
            + ")\\.[\\w.*]+");

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
        MENTION.matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(mention -> PREFIXES.stream()
                        .anyMatch(prefix -> mention.startsWith(prefix) && mention.length() > prefix.length()))
                .forEach(mention -> Rooms.fault(name, mention).ifPresent(faults::add));
        CONSOLE.matcher(text)
                .results()
                .filter(found -> !name.equals(Rooms.WRITES_TO_CONSOLE))
                .forEach(found ->
                        faults.add(name + " writes to the console (" + found.group() + "): the framework has a log"));
        return faults;
    }
}
