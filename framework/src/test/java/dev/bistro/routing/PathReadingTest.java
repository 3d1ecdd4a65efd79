package dev.bistro.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.Method;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathReadingTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "//a => /a",
                "/a//b => /a/b",
                "/a///b//c => /a/b/c",
                "/a// => /a/",
                "// => /",
                "/a%2Fb => /a/b",
                "/a%2fb%2Fc => /a/b/c",
                "/%2Fa => /a",
                "/a%2F => /a/",
                "/a%2F/b => /a/b",
                "/a%5Cb => /a/b",
                "/a%5cb => /a/b",
                "/a\\b => /a/b",
                "/./a => /a",
                "/a/. => /a/",
                "/a/.. => /",
                "/a/b/.. => /a/",
                "/.. => /",
                "/../../a => /a",
                "/a/../b => /b",
                "/a/%2e%2E/b => /b",
                "/a/.%2e/b => /b",
                "/a/%2e/b => /a/b",
                "/x/..//a%2Fb => /a/b",
                "/a%2F..%2Fb => /b",
                "/a//../b => /b",
                "/caf%C3%A9%2F%20x => /caf%C3%A9/%20x",
            })
    void tellsTheOtherOne(String path, String other) {
        assertFalse(PathReading.isPlain(path));
        assertEquals(other, PathReading.alternative(path));
        assertNull(PathReading.alternative(other), "which has no other one itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/", "/a.b/c", "/a;x=1/b", "/a/b..", "/a-b_c~d", "/a..b/c"})
    void knowsPlainPathsAtFirstSight(String path) {
        assertTrue(PathReading.isPlain(path));
        assertNull(PathReading.alternative(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/%61", "/.well-known", "/.../a", "/a%20b", "/a%252Fb", "/%2e%2e%2e", "/caf%C3%A9", "/..;/a"})
    void hasNoOtherForPathsThatOnlyLookLikeIt(String path) {
        assertFalse(PathReading.isPlain(path));
        assertNull(PathReading.alternative(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%", "/a%2", "/a%zz", "/%C0%AF", "/a%2F%FF"})
    void refusesWhatCanNotBeDecoded(String path) {
        assertThrows(BadRequestException.class, () -> PathReading.alternative(path));
    }

    // ---- what becomes of it

    private final Problems problems = new Problems();

    private PathTemplate template(String text) {
        return PathTemplate.parse(text, new Place("a test"), problems).orElseThrow();
    }

    private RouteTable<String> table(List<String> guards, String... routes) {
        RouteTable.Builder<String> builder = RouteTable.<String>builder(problems)
                .guardedBy(new PathGuards(guards.stream().map(this::template).toList()));
        for (String route : routes) {
            builder.add(Method.GET, route, route, new Place("a test"));
        }
        return builder.build();
    }

    @Test
    void leavesAnEncodedSlashInAValueIfNobodyElseReadsIt() {
        var found = (RouteEntry<String>) table(List.of(), "/products/{id}").find(Method.GET, "/products/a%2Fb");
        assertEquals("a/b", found.variables("/products/a%2Fb").get("id").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/products/a%2Freviews",
                "/products/a%5Creviews",
                "/products/a%2F.%2Freviews",
                "/products/a%2Freviews%2F"
            })
    void findsNothingWhereAnotherRouteWouldMatchTheOtherReading(String path) {
        RouteTable<String> table = table(List.of(), "/products/{id}", "/products/{id}/reviews");
        for (Method method : List.of(Method.GET, Method.HEAD, Method.POST, Method.OPTIONS)) {
            assertInstanceOf(Match.NotFound.class, table.find(method, path));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files//private/x",
                "/files/%2Fprivate/x",
                "/files/private%2Fx",
                "/files/private%2F",
                "/files/private%5Cx",
                "/files/./private/x",
                "/files/a/../private/x",
            })
    void findsNothingWhereAGuardWouldMatchTheOtherReading(String path) {
        RouteTable<String> table = table(List.of("/files/private/{rest*}"), "/files/{path*}");
        assertInstanceOf(RouteEntry.class, table.find(Method.GET, "/files/private/x"));
        assertInstanceOf(Match.NotFound.class, table.find(Method.GET, path));
        assertInstanceOf(RouteEntry.class, table(List.of(), "/files/{path*}").find(Method.GET, path));
    }
}
