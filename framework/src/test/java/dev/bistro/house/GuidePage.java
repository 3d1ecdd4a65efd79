package dev.bistro.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the user documentation: its Java, which stands in one class, so that a block can use what another declares,
 * and its requests with their answers. A block that begins like a declaration is members of that class, any other is
 * the body of a method. Imports go to the top, below those that every page has. What the page needs to run and no
 * reader wants to see is in comments: Java as {@code <!--java … -->}, and settings as {@code <!--settings … -->}.
 */
record GuidePage(String text) {
    private static final Path TOP = Path.of("..");
    private static final Pattern JAVA =
            Pattern.compile("^(?:```java\\n(.*?)^```|<!--java\\n(.*?)^-->)$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SETTINGS =
            Pattern.compile("^<!--settings\\n(.*?)^-->$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CONSOLE =
            Pattern.compile("^```console\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern DECLARATION = Pattern.compile(
            "^(@|/\\*\\*|(public|private|static|final|abstract|sealed|class|interface|record|enum)\\b).*",
            Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\\n", Pattern.MULTILINE);

    private static final String IMPORTS = """
            import static org.junit.jupiter.api.Assertions.*;
            import static org.mockito.Mockito.*;
            import dev.bistro.*;
            import dev.bistro.annotation.*;
            import dev.bistro.body.*;
            import dev.bistro.config.*;
            import dev.bistro.data.*;
            import dev.bistro.feed.*;
            import dev.bistro.file.*;
            import dev.bistro.health.*;
            import dev.bistro.html.*;
            import dev.bistro.http.*;
            import dev.bistro.openapi.*;
            import dev.bistro.session.*;
            import dev.bistro.testing.*;
            import jakarta.inject.*;
            import java.io.*;
            import java.math.*;
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import org.junit.jupiter.api.Test;
            import org.mockito.Mock;
            """;

    /** The class that all of a page's Java is in. */
    static final String NAME = "AllOfThePage";

    /** The pages, the README first. */
    static Stream<Path> all() throws IOException {
        try (Stream<Path> guide = Files.list(Path.of("guide"))) {
            List<Path> pages = guide.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(TOP.resolve("README.md")), pages.stream());
        }
    }

    static GuidePage read(Path page) {
        return new GuidePage(Sources.read(page));
    }

    /** The text below each heading of the second level, with what is above the first; by heading. */
    Map<String, GuidePage> sections() {
        var sections = new LinkedHashMap<String, GuidePage>();
        String heading = "";
        for (String section : text.split("(?m)^(?=## )")) {
            heading = section.startsWith("## ") ? section.lines().findFirst().orElseThrow() : heading;
            sections.put(heading, new GuidePage(section));
        }
        return sections;
    }

    /** What is typed and what is answered, block by block. */
    List<String> consoles() {
        return CONSOLE.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /** What is typed without an answer, block by block. */
    List<String> commands() {
        return SHELL.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /** The settings that it runs with. */
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        SETTINGS.matcher(text)
                .results()
                .flatMap(block -> block.group(1).lines())
                .map(line -> line.split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return settings;
    }

    /** The names of the types that its Java declares, in their order. */
    List<String> types() {
        return unit().getTypeDecls().stream()
                .flatMap(type -> ((ClassTree) type).getMembers().stream())
                .filter(ClassTree.class::isInstance)
                .map(type -> ((ClassTree) type).getSimpleName().toString())
                .toList();
    }

    /** Compiles all of its Java into a folder, and gives what is wrong with it. */
    List<Compiler.Fault> compile(Path classes) {
        return Compiler.compile(classes, List.of(new Compiler.Source("Page", java())));
    }

    /** The same, with types that can be made without an object of the page's class around them. */
    List<Compiler.Fault> compileToRun(Path classes) {
        String java = java();
        var begins = new TreeSet<Long>();
        JavacTask task = task(java);
        CompilationUnitTree unit = unit(task);
        unit.getTypeDecls().stream()
                .flatMap(type -> ((ClassTree) type).getMembers().stream())
                .filter(member -> member instanceof ClassTree type
                        && !type.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.STATIC))
                .forEach(type ->
                        begins.add(Trees.instance(task).getSourcePositions().getStartPosition(unit, type)));
        var nested = new StringBuilder(java);
        begins.descendingSet().forEach(begin -> nested.insert(begin.intValue(), "static "));
        return Compiler.compile(classes, List.of(new Compiler.Source("Page", nested.toString())));
    }

    private CompilationUnitTree unit() {
        return unit(task(java()));
    }

    private static JavacTask task(String java) {
        return Compiler.parser(said -> {}, new Compiler.Source("Page", java));
    }

    private static CompilationUnitTree unit(JavacTask task) {
        try {
            return task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String java() {
        var members = new ArrayList<String>();
        var imports = new StringBuilder(IMPORTS);
        Matcher blocks = JAVA.matcher(text);
        while (blocks.find()) {
            String block = blocks.group(1) == null ? blocks.group(2) : blocks.group(1);
            IMPORT.matcher(block).results().forEach(line -> imports.append(line.group()));
            String code = IMPORT.matcher(block).replaceAll("").strip();
            members.add(
                    DECLARATION.matcher(code).matches()
                            ? code
                            : "void snippet" + members.size() + "() throws Exception {\n" + code + "\n}");
        }
        return imports + "class " + NAME + " {\n" + String.join("\n", members) + "\n}";
    }
}
