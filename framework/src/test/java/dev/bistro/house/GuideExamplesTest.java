package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.BistroLibrary;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.testing.TestClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the user documentation: what is typed in a {@code console} block is sent to an application of the section's
 * classes, in the order of the page, and what is answered has to be what stands below. Classes of other sections take
 * part if they have no part in requests by themselves, and all of the page where the section has none that do.
 */
class GuideExamplesTest {
    /** Annotations of classes that would take part in the requests of a section which they aren't in. */
    private static final Set<Class<? extends java.lang.annotation.Annotation>> ROLES =
            Set.of(Route.class, WebSocket.class, Filter.class, Factory.class, Config.class);

    static Stream<Path> pages() throws IOException {
        return GuidePage.all().filter(page -> !GuidePage.read(page).consoles().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void areAnsweredAsThePageSays(Path page, @TempDir Path classes, @TempDir Path files) throws Exception {
        run(GuidePage.read(page), classes, files);
    }

    @Test
    void eachRequestOfTheGuideShowsItsAnswer() throws IOException {
        assertTrue(pages().count() >= 8, "pages with requests");
        for (Path page : GuidePage.all().skip(1).toList()) { // the README has requests to the samples, too
            assertEquals(
                    List.of(),
                    GuidePage.read(page).commands().stream()
                            .filter(command -> command.contains("curl "))
                            .toList(),
                    () -> page + " has requests without answers: write them as console");
        }
    }

    private static void run(GuidePage page, Path classes, Path files) throws Exception {
        assertEquals(List.of(), page.compileToRun(classes));
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, GuidePage.class.getClassLoader())) {
            nameLibraries(page, classes, loader);
            for (Map.Entry<String, GuidePage> section : page.sections().entrySet()) {
                if (section.getValue().consoles().isEmpty()) {
                    continue;
                }
                BistroBuilder application = Bistro.app(loader.loadClass(GuidePage.NAME))
                        .classes(types(page, section.getValue(), loader).toArray(Class<?>[]::new));
                page.settings()
                        .forEach((key, value) -> application.set(key, value.replace("{files}", files.toString())));
                try (TestClient client = TestClient.start(application)) {
                    TestClient browser = client.withCookies();
                    for (String console : section.getValue().consoles()) {
                        for (ConsoleExample example : ConsoleExample.of(console)) {
                            example.check(client, browser);
                        }
                    }
                }
            }
        }
    }

    private static List<Class<?>> types(GuidePage page, GuidePage section, ClassLoader loader)
            throws ClassNotFoundException {
        List<String> own = new ArrayList<>(section.types());
        for (String name : section.types()) {
            if (!hasRole(loader.loadClass(GuidePage.NAME + "$" + name))) {
                own.remove(name);
            }
        }
        Set<Class<?>> ofLibraries = ofLibraries(loader);
        var types = new ArrayList<Class<?>>();
        for (String name : page.types()) {
            Class<?> type = loader.loadClass(GuidePage.NAME + "$" + name);
            boolean isTest = name.endsWith("Test");
            if (!isTest && !ofLibraries.contains(type) && (own.isEmpty() || own.contains(name) || !hasRole(type))) {
                types.add(type);
            }
        }
        return types;
    }

    /** The classes of the page's libraries, which the application isn't given, since it finds them. */
    private static Set<Class<?>> ofLibraries(ClassLoader loader) {
        var classes = new HashSet<Class<?>>();
        ServiceLoader.load(BistroLibrary.class, loader).forEach(library -> classes.addAll(library.classes()));
        return classes;
    }

    /** Names the page's libraries in the file by which they are found. */
    private static void nameLibraries(GuidePage page, Path classes, ClassLoader loader) throws Exception {
        Path file = classes.resolve("META-INF/services/" + BistroLibrary.class.getName());
        Files.createDirectories(file.getParent());
        var names = new ArrayList<String>();
        for (String name : page.types()) {
            if (BistroLibrary.class.isAssignableFrom(loader.loadClass(GuidePage.NAME + "$" + name))) {
                names.add(GuidePage.NAME + "$" + name);
            }
        }
        Files.write(file, names);
    }

    private static boolean hasRole(Class<?> type) {
        return ROLES.stream().anyMatch(type::isAnnotationPresent);
    }

    @Test
    void findsAnAnswerThatIsAnother(@TempDir Path classes) throws Exception {
        String page = """
                ```java
                record Item(String name, int count) {}

                @Route("/items")
                final class Items {
                    @Get
                    Item get(@DefaultValue("1") int count) {
                        return new Item("pen", count);
                    }
                }
                ```

                ```console
                $ curl -i -H 'Accept: application/json' 'http://localhost:8080/items?count=2'
                HTTP/1.1 200 OK
                Content-Type: application/json

                {"name":"pen","count":2}

                $ curl http://localhost:8080/items
                {"name":"pen",…}
                ```
                """;
        run(new GuidePage(page), classes, classes);
        for (String wrong : List.of(
                page.replace("\"count\":2}", "\"count\":3}"),
                page.replace("200 OK", "201 Created"),
                page.replace("Content-Type: application/json", "Content-Type: text/plain"),
                page.replace("{\"name\":\"pen\",…}", "{\"name\":\"cup\",…}"),
                page.replace("{\"name\":\"pen\",…}\n", ""))) {
            assertThrows(AssertionError.class, () -> run(new GuidePage(wrong), classes, classes));
        }
    }
}
