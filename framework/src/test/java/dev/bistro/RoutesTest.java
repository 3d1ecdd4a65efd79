package dev.bistro;

import static dev.bistro.startup.Golden.assertText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.json.StandardCodecs;
import dev.bistro.described.Described;
import dev.bistro.http.MediaType;
import dev.bistro.startup.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What {@code --routes} prints of an application with all kinds of parameters, results and annotations. None of its
 * objects can be made and none of its hooks be run: each fails.
 */
class RoutesTest {
    private static BistroBuilder application() {
        return Bistro.app(Described.Application.class).classes(Described.ALL);
    }

    @Test
    void printsAllThatIsKnown() throws IOException {
        assertEquals(text("/routes/described.txt"), application().routes().table());
    }

    @Test
    void fitsIntoColumns() {
        List<String> tooLong = application()
                .routes()
                .table()
                .lines()
                .filter(line -> line.length() > 120)
                .toList();
        assertEquals(List.of(), tooLong);
    }

    @Test
    void givesProgramsTheSameAsOneObjectInAscii() throws IOException {
        String json = application().routes().json();
        assertTrue(json.chars().allMatch(character -> character < 0x7f), json);
        Map<?, ?> all = parsed(json);
        assertEquals(Described.Application.class.getName(), all.get("application"));
        assertEquals(parsed(text("/routes/described-query.json")), route("/query", all));
        assertEquals(parsed(text("/routes/described-page.json")), route("/page", all));
        assertEquals(parsed(text("/routes/described-limits.json")), route("/guarded/limits", all));
        Map<?, ?> ofItems = (Map<?, ?>) ((List<?>) all.get("unrouted")).get(1);
        assertEquals("Described.OfItems", ofItems.get("name"));
        assertEquals(List.of("/items/{id}"), ofItems.get("paths"));
    }

    private static Map<?, ?> route(String path, Map<?, ?> all) {
        return ((List<?>) all.get("routes"))
                .stream()
                        .map(route -> (Map<?, ?>) route)
                        .filter(route -> route.get("path").equals(path))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<?, ?> parsed(String json) {
        return (Map<?, ?>) StandardCodecs.create()
                .reader(Map.class, MediaType.JSON)
                .orElseThrow()
                .read(json.getBytes(StandardCharsets.UTF_8), MediaType.JSON);
    }

    @Test
    void opensNoPort() throws IOException {
        try (var taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            assertEquals(
                    application().routes().table(),
                    application().set("server.port", port).routes().table());
            assertEquals(
                    application().routes().table(),
                    application().set("management.port", port).routes().table());
        }
    }

    @Test
    void reportsTheFaultsOfAStart() {
        var classes = Arrays.copyOf(Described.ALL, Described.ALL.length + 1);
        classes[Described.ALL.length] = Described.Faulty.class;
        BistroBuilder faulty =
                Bistro.app(Described.Application.class).classes(classes).set("server.prot", "80");
        List<String> ofRoutes = ids(assertThrows(StartupException.class, faulty::routes));
        assertEquals(List.of("unknown-setting", "unknown-path-variable"), ofRoutes);
        assertEquals(ofRoutes, ids(assertThrows(StartupException.class, faulty::startInProcess)));
    }

    private static List<String> ids(StartupException fault) {
        return fault.problems().stream().map(problem -> problem.id()).toList();
    }

    @Test
    void tellsCommandsFromSettings() {
        assertEquals(
                List.of("--server.port=80", "--routesomething=1"),
                List.of(Command.of("--server.port=80", "--routes=json", "--help", "--routes", "--routesomething=1")
                        .settings()));
        assertFalse(Command.of("--server.port=80").printed(application()).isPresent());
        assertTrue(Command.of("--routes", "--help")
                .printed(application())
                .orElseThrow()
                .startsWith("Application takes settings"));
        assertEquals(
                application().routes().json(),
                Command.of("--routes=json").printed(application()).orElseThrow());
        assertText(
                "unknown-format",
                assertThrows(
                                StartupException.class,
                                () -> Command.of("--routes=xml").printed(application()))
                        .getMessage());
    }

    private static String text(String resource) throws IOException {
        try (InputStream file = RoutesTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
