package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the documents for newcomers to what there is: a file that they name and a test that they run exist. */
class WayInTest {
    private static final Path ARCHITECTURE = Sources.MODULE.resolve("ARCHITECTURE.md");
    private static final Path CONTRIBUTING = Sources.MODULE.resolve("CONTRIBUTING.md");

    /** A link to a file: {@code [`net/EventLoop`](src/main/java/dev/bistro/net/EventLoop.java)}. */
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)#]+)(?:#[^)]*)?\\)");

    private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");
    /** {@code `net/EventLoop`}, {@code `NetServer.stop`}. */
    private static final Pattern CLASS = Pattern.compile("`(?:[a-z0-9]+[/.])*([A-Z][a-z]\\w+)(?:\\.\\w+)?`");

    private static final Pattern BEGIN = Pattern.compile("\\b[Bb]egin[\\s*]+(reading[\\s*]+)?with\\b");
    private static final Pattern CODE = Pattern.compile("`([\\w./-]+/)`");
    private static final Pattern TEST = Pattern.compile("-Dtest='?(\\w+)(?:#(\\w+))?");

    @Test
    void eachFileThatADocumentNamesIsThere() {
        var missing = new ArrayList<String>();
        for (Path page : pages()) {
            for (MatchResult link : all(LINK, page)) {
                String target = link.group(2);
                if (!target.contains("://") && !Files.exists(page.resolveSibling(target))) {
                    missing.add(page + " → " + target);
                }
            }
        }
        for (MatchResult folder : all(CODE, CONTRIBUTING)) {
            if (folder.group(1).startsWith("src/") && !Files.isDirectory(Sources.MODULE.resolve(folder.group(1)))) {
                missing.add(CONTRIBUTING + " → " + folder.group(1));
            }
        }
        assertEquals(List.of(), missing);
    }

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>(Sources.files(Sources.MODULE.resolve("guide"), ".md"));
        pages.addAll(Sources.files(Sources.MODULE.resolve("decisions"), ".md"));
        pages.addAll(List.of(ARCHITECTURE, CONTRIBUTING, Sources.MODULE.resolve("../README.md")));
        return pages;
    }

    @Test
    void eachLinkToAClassIsNamedAsTheClass() {
        for (Path page : List.of(ARCHITECTURE, CONTRIBUTING)) {
            for (MatchResult link : all(LINK, page)) {
                if (link.group(2).endsWith(".java") && link.group(1).startsWith("`")) {
                    String name = link.group(1).replace("`", "").replaceFirst(".*/", "");
                    String file = Path.of(link.group(2)).getFileName().toString();
                    assertTrue(file.startsWith(name) || name.equals("wire"), () -> link.group() + " in " + page);
                }
            }
        }
    }

    /** As {@code round} of "`net/EventLoop`: `round` is one turn". */
    @Test
    void eachNameBesideALinkStandsInAFileThatIsLinked() {
        var missing = new ArrayList<String>();
        for (String item : Sources.read(ARCHITECTURE).split("\n(?=\\d+\\. |\\| |\n)")) {
            List<String> linked = LINK.matcher(item)
                    .results()
                    .filter(link -> link.group(2).endsWith(".java"))
                    .map(link -> Sources.read(ARCHITECTURE.resolveSibling(link.group(2))))
                    .toList();
            if (!linked.isEmpty()) {
                NAME.matcher(LINK.matcher(item).replaceAll(""))
                        .results()
                        .map(name -> name.group(1))
                        .filter(name -> linked.stream().noneMatch(text -> text.contains(name)))
                        .forEach(name -> missing.add(name + " in: " + item));
            }
        }
        assertEquals(List.of(), missing);
    }

    /** A class that a decision names may have been renamed since. */
    @Test
    void eachClassThatADecisionNamesIsInTheSources() {
        Set<String> words = Sources.files(Sources.MODULE.resolve(".."), ".java").stream()
                .flatMap(file ->
                        Pattern.compile("\\w+").matcher(Sources.read(file)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        var unknown = new TreeSet<String>();
        for (Path page : Sources.files(Sources.MODULE.resolve("decisions"), ".md")) {
            all(CLASS, page).stream()
                    .filter(name -> !words.contains(name.group(1)))
                    .forEach(name -> unknown.add(name.group(1) + " in " + page));
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void theDrawingsTableHasEachRoom() {
        Set<String> described = all(Pattern.compile("(?m)^\\| (`[^|]*) \\|"), ARCHITECTURE).stream()
                .flatMap(row -> List.of(row.group(1).replaceAll("[` ]", "").split(",")).stream())
                .filter(name -> !name.contains("/") && !name.contains("@"))
                .map(name -> name.equals("dev.bistro") ? Rooms.FRONT_DOOR : name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Rooms.plan().keySet()), described);
    }

    @Test
    void theWayOfARequestIsShort() {
        String text = Sources.read(ARCHITECTURE);
        String way = text.substring(text.indexOf("## The way of a request"), text.indexOf("## The way of a start"));
        long steps = Pattern.compile("(?m)^\\d+\\. ").matcher(way).results().count();
        assertTrue(steps >= 15 && steps <= 25, "steps: " + steps);
    }

    @Test
    void eachTestThatIsRunIsThere() {
        Map<String, Path> tests = Sources.files(Sources.MODULE.resolve("src/test/java"), "Test.java").stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
        for (MatchResult run : all(TEST, CONTRIBUTING)) {
            Path file = tests.get(run.group(1));
            assertTrue(file != null, () -> "There is no test " + run.group(1));
            assertTrue(
                    run.group(2) == null || Sources.read(file).contains("void " + run.group(2) + "("),
                    () -> "There is no test " + run.group());
        }
    }

    @Test
    void eachRoomSaysWhereToBeginReading() {
        List<Path> silent = Sources.files(Sources.MAIN, "package-info.java").stream()
                .filter(file -> !BEGIN.matcher(Sources.read(file)).find())
                .toList();
        assertEquals(List.of(), silent);
    }

    private static List<MatchResult> all(Pattern pattern, Path page) {
        return pattern.matcher(Sources.read(page)).results().toList();
    }
}
