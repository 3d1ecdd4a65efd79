package dev.bistro.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.Method;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final Problems problems = new Problems();

    private RouteTable<String> table(String... routes) {
        return table(List.of(routes));
    }

    /** A table of routes such as {@code GET /items/{id}}; each leads to its own text. */
    private RouteTable<String> table(List<String> routes) {
        RouteTable.Builder<String> builder = RouteTable.builder(problems);
        int number = 0;
        for (String route : routes) {
            String[] parts = route.split(" ", 2);
            builder.add(Method.of(parts[0]), parts[1], route, new Place("Handlers.h" + ++number + "()"));
        }
        return builder.build();
    }

    private static String find(RouteTable<String> table, String method, String path) {
        Match<String> match = table.find(Method.of(method), path);
        if (match instanceof RouteEntry<String> route) {
            return route.target();
        }
        return match instanceof Match.MethodNotAllowed<String> not
                ? "405 " + not.allow().stream().map(Method::name).collect(Collectors.joining(" "))
                : "404";
    }

    private static final List<String> SHOP = List.of(
            "GET /",
            "GET /items",
            "POST /items",
            "GET /items/new",
            "GET /items/{id:int}",
            "GET /items/{code:[a-z]{2}\\d+}",
            "GET /items/v{major}.{minor}",
            "GET /items/{name}",
            "DELETE /items/{name}",
            "GET /items/{name}/parts",
            "GET /items/new/{step}",
            "GET /items/{rest*}",
            "PUT /items/{rest*}",
            "GET /café",
            "GET /files/{name}.{ext}",
            "GET /days/{day:date}",
            "GET /uuids/{id:uuid}",
            "GET /longs/{id:long}",
            "GET /flags/{flag:bool}",
            "GET /prices/{price:decimal}",
            "GET /words/{word:alpha}",
            "HEAD /special",
            "GET /special",
            "OPTIONS /special",
            "PROPFIND /dav/{path*}");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET / => GET /",
                "GET /items => GET /items",
                "GET /items/ => GET /items/{rest*}",
                "GET /items/new => GET /items/new",
                "GET /items/42 => GET /items/{id:int}",
                "GET /items/-42 => GET /items/{id:int}",
                "GET /items/99999999999 => GET /items/{name}",
                "GET /items/ab12 => GET /items/{code:[a-z]{2}\\d+}",
                "GET /items/v1.2 => GET /items/v{major}.{minor}",
                "GET /items/v1.2.3 => GET /items/v{major}.{minor}",
                "GET /items/v1 => GET /items/{name}",
                "GET /items/News => GET /items/{name}",
                "GET /items/%6Eew => GET /items/new",
                "GET /items/a%2Fb => GET /items/{name}",
                "GET /items/a/b => GET /items/{rest*}",
                "GET /items/new/parts => GET /items/new/{step}",
                "GET /items/new/parts/x => GET /items/{rest*}",
                "GET /items/x/parts => GET /items/{name}/parts",
                "DELETE /items/new => DELETE /items/{name}",
                "DELETE /items/42 => DELETE /items/{name}",
                "PUT /items/new => PUT /items/{rest*}",
                "PUT /items/a/b/c => PUT /items/{rest*}",
                "HEAD /items/42 => GET /items/{id:int}",
                "HEAD /special => HEAD /special",
                "OPTIONS /special => OPTIONS /special",
                "GET /caf%C3%A9 => GET /café",
                "GET /files/a.tar.gz => GET /files/{name}.{ext}",
                "GET /days/2024-02-29 => GET /days/{day:date}",
                "GET /days/2023-02-29 => 404",
                "GET /uuids/123e4567-e89b-12d3-a456-426614174000 => GET /uuids/{id:uuid}",
                "GET /uuids/123e4567 => 404",
                "GET /longs/99999999999 => GET /longs/{id:long}",
                "GET /longs/99999999999999999999 => 404",
                "GET /longs/%34%32 => GET /longs/{id:long}",
                "GET /longs/+1 => 404",
                "GET /flags/true => GET /flags/{flag:bool}",
                "GET /flags/TRUE => 404",
                "GET /prices/29.99 => GET /prices/{price:decimal}",
                "GET /prices/29. => 404",
                "GET /words/abc => GET /words/{word:alpha}",
                "GET /words/a1 => 404",
                "PROPFIND /dav/a/b => PROPFIND /dav/{path*}",
                "GET /nothing => 404",
                "GET /Items => 404",
                "GET //items => 404",
                "GET /items/x/parts/ => GET /items/{rest*}",
                "GET * => 404",
                "POST / => 405 GET HEAD OPTIONS",
                "DELETE /items => 405 GET HEAD OPTIONS POST",
                "POST /items/new => 405 DELETE GET HEAD OPTIONS PUT",
                "POST /items/a/b => 405 GET HEAD OPTIONS PUT",
                "OPTIONS /items => 405 GET HEAD OPTIONS POST",
                "GET /dav/a => 405 OPTIONS PROPFIND",
            })
    void findsTheMostSpecificRouteThatHasTheMethod(String request, String expected) {
        String[] parts = request.split(" ");
        RouteTable<String> table = table(SHOP);
        problems.throwIfAny();
        assertEquals(expected, find(table, parts[0], parts[1]));
    }

    @Test
    void findsTheSameWhateverTheOrderOfDeclaration() {
        String[] paths = {
            "/",
            "/items",
            "/items/new",
            "/items/42",
            "/items/ab12",
            "/items/v1.2",
            "/items/x",
            "/items/x/parts",
            "/items/new/parts",
            "/items/a/b/c",
            "/files/a.b",
            "/dav/x"
        };
        String[] methods = {"GET", "POST", "DELETE", "PUT", "PROPFIND"};
        RouteTable<String> declared = table(SHOP);
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(SHOP);
            Collections.shuffle(shuffled, new Random(seed));
            RouteTable<String> table = table(shuffled);
            for (String path : paths) {
                for (String method : methods) {
                    assertEquals(
                            find(declared, method, path),
                            find(table, method, path),
                            method + " " + path + ", seed " + seed);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "/a/{x} | /a/b%20c => x=b c",
                "/a/{x}/{y} | /a/1/2 => x=1 y=2",
                "/{f}.{e} | /a.tar.gz => f=a.tar e=gz",
                "/v{major}.{minor} | /v1.2 => major=1 minor=2",
                "/{a}-{b}/c/{d} | /x-y/c/z => a=x b=y d=z",
                "/f/{p*} | /f/a/b%2Fc => p=a/b/c",
                "/f/{p*} | /f/ => p=",
                "/{x:[a-z]+} | /%61bc => x=abc",
                "/{n:int}/x | /7/x => n=7",
                "/é/{x} | /%C3%A9/%F0%9F%93%98 => x=📘",
            })
    void readsVariablesDecodedBySegment(String templateAndPath, String expected) {
        String[] parts = templateAndPath.split(" \\| ");
        var route = (RouteEntry<String>) table("GET " + parts[0]).find(Method.GET, parts[1]);
        String read = route.template().variableNames().stream()
                .map(name -> name + "=" + route.variables(parts[1]).get(name).orElseThrow())
                .collect(Collectors.joining(" "));
        assertEquals(expected.strip(), read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%", "/a%2", "/a%GG", "/%FF", "/%C0%AF", "/%ED%A0%80", "/x/%"})
    void refusesPathsThatCanNotBeDecoded(String path) {
        RouteTable<String> table = table("GET /{x}", "GET /x/{y}");
        assertThrows(BadRequestException.class, () -> table.find(Method.GET, path));
    }

    @Test
    void allocatesNothingForALookupAndOneArrayForVariables() {
        RouteTable<String> table =
                table(SHOP.stream().filter(route -> !route.contains("[a-z]")).toList()); // a regex makes a matcher
        String[] paths = {
            "/items", "/items/new", "/items/42", "/items/x/parts", "/items/a/b/c", "/files/a.b", "/days/2024-02-29"
        };
        for (String path : paths) {
            assertEquals(0, allocated(() -> table.find(Method.GET, path)), "to find " + path);
        }
        var plain = (RouteEntry<String>) table.find(Method.GET, "/items/new");
        assertEquals(0, allocated(() -> plain.variables("/items/new")));
        var variable = (RouteEntry<String>) table.find(Method.GET, "/items/42");
        long bytes = allocated(() -> variable.variables("/items/42"));
        assertTrue(bytes > 0 && bytes <= 64, bytes + " bytes for the variables of a path");
    }

    private static Object sink;

    /** Bytes for each call, after many. */
    private static long allocated(Supplier<Object> call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            sink = call.get();
        }
        int calls = 10_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            sink = call.get();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / calls;
    }

    @Test
    void isNotLedAstrayByLongPathsAndDeepBranches() {
        var routes = new ArrayList<String>();
        for (int depth = 1; depth <= 12; depth++) {
            for (String last : new String[] {"a", "{x:alpha}", "{y}"}) {
                routes.add("GET " + "/{v}".repeat(0) + branch(depth) + "/" + last + depth);
            }
        }
        RouteTable<String> table = table(routes);
        String path = "/a".repeat(4_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertEquals("404", find(table, "GET", path));
                assertEquals("404", find(table, "GET", "/a/a/a/a/a/a/a/a/a/a/a/a/a"));
            }
        });
    }

    private static String branch(int depth) {
        var path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            path.append(i % 2 == 0 ? "/a" : "/{v" + i + "}");
        }
        return path.toString();
    }

    @Test
    void boundsBacktrackingInATreeOfAlternatives() {
        var routes = new ArrayList<String>();
        for (int i = 0; i < 1 << 10; i++) {
            var path = new StringBuilder("GET ");
            for (int bit = 0; bit < 10; bit++) {
                path.append((i >> bit & 1) == 0 ? "/a" : "/{x" + bit + "}");
            }
            routes.add(path.append("/end").append(i).toString());
        }
        RouteTable<String> table = table(routes);
        String path = "/a".repeat(10) + "/none";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 100; i++) {
                assertEquals("404", find(table, "GET", path));
            }
        });
    }

    @Test
    void listsRoutesByTheirPaths() {
        RouteTable<String> table = table("POST /b", "GET /b", "GET /a/{x}", "GET /a");
        assertEquals(
                List.of("GET /a", "GET /a/{x}", "GET /b", "POST /b"),
                table.routes().stream().map(RouteEntry::toString).toList());
    }

    // ---- faults

    private void assertFaults(String golden, String... routes) {
        table(Arrays.asList(routes));
        Golden.assertGolden(golden, problems);
    }

    @Test
    void reportsTemplatesThatAreNotValid() {
        assertFaults(
                "path-template",
                "GET items",
                "GET /a//b",
                "GET /a/{id",
                "GET /a/id}",
                "GET /a/{}",
                "GET /a/{1}",
                "GET /a/{id:}",
                "GET /a/{id:itn}",
                "GET /a/{id:[a-}",
                "GET /a/{x}{y}",
                "GET /a/{rest*}/b",
                "GET /a/{*rest}",
                "GET /a/**",
                "GET /a%20b",
                "GET /a?x=1");
    }

    @Test
    void reportsAVariableThatIsThereTwice() {
        assertFaults("duplicate-path-variable", "GET /a/{id}/b/{id}");
    }

    @Test
    void reportsDuplicates() {
        assertFaults("duplicate-route", "GET /a/{id}", "GET /a/{name}", "POST /a/{id}", "GET /b", "GET /b");
    }

    @Test
    void reportsAmbiguousRoutes() {
        assertFaults(
                "ambiguous-routes",
                "GET /a/{x:int}",
                "GET /a/{y:long}",
                "GET /b/{x:[a-z]+}",
                "GET /b/{y:[a-c]+}",
                "GET /c/{x}.json",
                "GET /c/item-{y}");
    }

    @Test
    void reportsRoutesThatAreNeverReached() {
        assertFaults("unreachable-route", "GET /a/{x:[^/]+}", "GET /a/{y}");
    }

    @Test
    void acceptsRoutesThatOnlyLookAlike() {
        table(
                "GET /a/{x:int}",
                "GET /a/{x:alpha}",
                "GET /a/{x:uuid}",
                "GET /a/{x}",
                "GET /a/{rest*}",
                "GET /a/b",
                "POST /a/{y}",
                "GET /c/{x}.json",
                "GET /c/{x}.xml",
                "GET /a/",
                "GET /a");
        assertEquals(List.of(), problems.found());
    }
}
