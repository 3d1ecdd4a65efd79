package dev.bistro.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.house.Compiler.Source;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@link Rooms} against the framework's classes and sources, and the checks themselves against what they must
 * find.
 */
class PlanOfTheHouseTest {
    private static final Pattern FIRST_SENTENCE =
            Pattern.compile("(?s)^/\\*\\*[\\s*]*[A-Z].*?[^\\s*].*?[.:](\\s.*)?package ");

    @Test
    void compiledClassesKeepToThePlan() {
        assertNone(ClassEdges.faults(Sources.classes()));
    }

    @Test
    void sourcesKeepToThePlan() {
        assertNone(SourceEdges.faults(Sources.MAIN));
    }

    @Test
    void eachClassOfTestsHasOne() {
        List<Path> empty = Sources.files(Sources.MODULE.resolve("src/test/java"), "Test.java").stream()
                .filter(file -> !Pattern.compile("@\\w*Test\\b|@TestFactory|extends \\w+Manners")
                        .matcher(Sources.read(file))
                        .find())
                .toList();
        assertEquals(List.of(), empty);
    }

    @Test
    void thePlanHasNoCycle() {
        assertEquals(Optional.empty(), Rooms.cycle(Rooms.plan()));
    }

    @Test
    void eachRoomOfThePlanUsesRoomsOfThePlan() {
        Set<String> rooms = Rooms.plan().keySet();
        Rooms.plan().forEach((room, used) -> assertTrue(rooms.containsAll(used), room));
        var allOthers = new TreeSet<>(rooms);
        allOthers.removeAll(Set.of(Rooms.FRONT_DOOR, "testing"));
        assertEquals(allOthers, new TreeSet<>(Rooms.plan().get(Rooms.FRONT_DOOR)));
    }

    @Test
    void eachRoomSaysWhatItIsFor() throws IOException {
        var faults = new TreeSet<String>();
        for (Path file : Sources.files(Sources.MAIN.resolve("dev"), ".java")) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info)) {
                faults.add(file.getParent() + " has no package-info.java");
            } else if (!FIRST_SENTENCE.matcher(Files.readString(info)).find()) {
                faults.add(info + " does not begin with a sentence that says what the room is for");
            }
        }
        assertNone(faults);
    }

    @Test
    void roomsThatAreNotApiSaySo() {
        for (Path info : Sources.files(Sources.MAIN, "package-info.java")) {
            String room = room(info);
            String text = Sources.read(info).replaceAll("[\\s*]+", " ");
            assertEquals(!Rooms.API.contains(room), text.contains("Not API"), () -> info + " says \"Not API\"");
        }
    }

    @Test
    void onlyApiRoomsAreExported() throws IOException {
        try (var in = Files.newInputStream(Sources.classes().resolve("module-info.class"))) {
            for (var export : ModuleDescriptor.read(in).exports()) {
                String room = Rooms.of(export.source() + ".Any").orElse("");
                assertTrue(
                        Rooms.API.contains(room) || room.equals("inject"),
                        () -> export + " is not an API room (Rooms.java)");
            }
        }
    }

    @Test
    void findsAForbiddenEdgeInClasses(@TempDir Path classes) {
        compile(
                classes,
                "package dev.bistro.controller; public class Endpoint {}",
                "package dev.bistro.routing; class Segment { Object of(Object o) { return "
                        + "(dev.bistro.controller.Endpoint) o; } }");
        assertEquals(
                List.of("dev.bistro.routing.Segment uses dev.bistro.controller.Endpoint, but the edge routing -> "
                        + "controller"
                        + " is not in the plan of the house (Rooms.java): routing may use description, "
                        + "http, http.spi, startup only"),
                ClassEdges.faults(classes));
    }

    @Test
    void findsEachWayToUseAClass(@TempDir Path classes) {
        compile(
                classes,
                "package dev.bistro.controller; public @interface Mark {}",
                "package dev.bistro.controller; public class Type { public static final Object VALUE = null; public "
                        + "static Type make() { return null; } }",
                "package dev.bistro.startup; @dev.bistro.controller.Mark class Annotated {}",
                "package dev.bistro.startup; class Generic { java.util.List<dev.bistro.controller.Type> list; }",
                "package dev.bistro.startup; class Extending extends dev.bistro.controller.Type {}",
                "package dev.bistro.startup; class Reading { Object o = dev.bistro.controller.Type.VALUE; }",
                "package dev.bistro.startup; class Calling { Object o() { return dev.bistro.controller.Type.make(); "
                        + "} }",
                "package dev.bistro.startup; class Passing { static void p(dev.bistro.controller.Type type) {} }",
                "package dev.bistro.startup; class Referring { java.util.function.Supplier<?> s = "
                        + "dev.bistro.controller.Type::make; }",
                "package dev.bistro.startup; class Throwing { void t() { new Object() { dev.bistro.controller.Type "
                        + "t; }; } }");
        List<String> users = ClassEdges.faults(classes).stream()
                .map(fault -> fault.replaceAll(".*startup\\.(\\w+).* uses .*", "$1"))
                .distinct()
                .sorted()
                .toList();
        assertEquals(
                List.of("Annotated", "Calling", "Extending", "Generic", "Passing", "Reading", "Referring", "Throwing"),
                users);
    }

    @Test
    void findsARoomThatIsNotInThePlan(@TempDir Path classes) {
        compile(classes, "package dev.bistro.attic; class Box { Object o = dev.bistro.http.Method.GET; }");
        assertTrue(ClassEdges.faults(classes)
                .contains("dev.bistro.attic.Box is in the room attic, which is not in the plan of the house "
                        + "(Rooms.java)"));
    }

    @Test
    void findsALibraryOutsideItsClass(@TempDir Path classes) {
        compile(
                classes,
                "package dev.bistro.body.json; class JsonCodec { static class Inner { "
                        + "tools.jackson.databind.ObjectMapper mapper; } }",
                "package dev.bistro.body; class BodyCodecs { tools.jackson.databind.ObjectMapper mapper; }",
                "package dev.bistro.net; class Loop { org.slf4j.Logger log; }",
                "package dev.bistro.http; class Value { org.slf4j.Logger log; }");
        assertEquals(
                List.of(
                        "dev.bistro.body.BodyCodecs uses tools.jackson.databind.ObjectMapper, but only body.json, "
                                + "json, openapi.schema may import tools.jackson.* (Rooms.java)",
                        "dev.bistro.http.Value uses org.slf4j.Logger, but only (front door), controller, "
                                + "data.redis, data.state, data.transaction, exception, feed.postgresql, feed.redis, "
                                + "feed.store, health.probe, http1, inject, lifecycle, limit, metrics.micrometer, net, "
                                + "observe, session.state, tls, websocket.endpoint, websocket.protocol may import "
                                + "org.slf4j.* (Rooms.java)"),
                ClassEdges.faults(classes).stream().sorted().toList());
    }

    @Test
    void findsForbiddenMentionsInSources() {
        assertEquals(
                Set.of(
                        "dev.bistro.http.X uses dev.bistro.net.Loop, but the edge http -> net is not in the plan of "
                                + "the house (Rooms.java): http may use no other room",
                        "dev.bistro.http.X uses dev.bistro.Bistro, but the edge http -> (front door) is not in the "
                                + "plan of the house (Rooms.java): http may use no other room",
                        "dev.bistro.http.X uses dev.bistro.body.*, but the edge http -> body is not in the plan of "
                                + "the house (Rooms.java): http may use no other room",
                        "dev.bistro.http.X uses org.slf4j.Logger, but only (front door), controller, "
                                + "data.redis, data.state, data.transaction, exception, feed.postgresql, feed.redis, "
                                + "feed.store, health.probe, http1, inject, lifecycle, limit, metrics.micrometer, net, "
                                + "observe, session.state, tls, websocket.endpoint, websocket.protocol may import "
                                + "org.slf4j.* (Rooms.java)",
                        "dev.bistro.http.X writes to the console (System.out): the framework has a log"),
                SourceEdges.faults("dev.bistro.http.X", """
                        package dev.bistro.http;
                        import dev.bistro.body.*;
                        import org.slf4j.Logger;
                        /** Called by {@link dev.bistro.net.Loop}; see dev.bistro.http.Y. */
                        class X { Object o = new dev.bistro.Bistro(); { System.out.println(); } }
                        """));
    }

    @Test
    void findsACycle() {
        assertEquals(
                Optional.of("a -> b -> c -> a"),
                Rooms.cycle(Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("a"), "d", Set.of())));
    }

    private static void compile(Path classes, String... texts) {
        List<Source> sources = IntStream.range(0, texts.length)
                .mapToObj(i -> new Source("Text" + i, texts[i]))
                .toList();
        assertNone(Compiler.compile(classes, sources));
    }

    private static String room(Path info) {
        Path folder = Sources.MAIN.relativize(info.getParent());
        return Rooms.of(folder.toString().replace('/', '.') + ".Any").orElseThrow();
    }

    private static void assertNone(Collection<?> faults) {
        assertTrue(
                faults.isEmpty(),
                () -> faults.size() + " faults:\n"
                        + String.join(
                                "\n", faults.stream().map(Object::toString).toList()));
    }
}
