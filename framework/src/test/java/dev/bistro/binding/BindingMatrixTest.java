package dev.bistro.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.http.BadRequestException;
import dev.bistro.testing.MockRequest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sources × types × what a request has: nothing, an empty text, one that can't be converted, one value, many. */
class BindingMatrixTest {
    static final String EVERYWHERE = """
            method            absent               empty          bad   one                     many
            required          missing              missing        bad   5                       5
            boxed             missing              missing        bad   5                       5
            byDefault         7                    7              bad   5                       5
            text              missing              ''             x     5                       5
            textByDefault     d                    ''             x     5                       5
            optional          Optional.empty       Optional.empty bad   Optional[5]             Optional[5]
            optionalText      Optional.empty       Optional['']   Optional[x] Optional[5]       Optional[5]
            optionalInt       OptionalInt.empty    OptionalInt.empty bad   OptionalInt[5]          OptionalInt[5]
            optionalLong      OptionalLong.empty   OptionalLong.empty bad   OptionalLong[5]         OptionalLong[5]
            optionalDouble    OptionalDouble.empty OptionalDouble.empty bad   OptionalDouble[5.0] OptionalDouble[5.0]
            """;
    static final String MANY = """
            method            absent               empty          bad   one                     many
            list              []                   []             bad   [5]                     [5,6,5]
            wildcards         []                   []             bad   [5]                     [5,6,5]
            collection        []                   []             bad   [5]                     [5,6,5]
            set               []                   []             bad   [5]                     [5,6]
            array             []                   []             bad   [5]                     [5,6,5]
            boxes             []                   []             bad   [5]                     [5,6,5]
            texts             []                   ['']           [x]   [5]                     [5,6,5]
            listByDefault     [7]                  [7]            bad   [5]                     [5,6,5]
            """;
    /** A list field has no empty elements (RFC 9110, section 5.6.1). */
    static final String MANY_IN_HEADERS = MANY.replaceAll("\\['']", "[]  ");

    static class InQuery {
        void required(@QueryParam("v") int v) {}

        void boxed(@QueryParam("v") Integer v) {}

        void byDefault(@QueryParam("v") @DefaultValue("7") int v) {}

        void text(@QueryParam("v") String v) {}

        void textByDefault(@QueryParam("v") @DefaultValue("d") String v) {}

        void optional(@QueryParam("v") Optional<Integer> v) {}

        void optionalText(@QueryParam("v") Optional<String> v) {}

        void optionalInt(@QueryParam("v") OptionalInt v) {}

        void optionalLong(@QueryParam("v") OptionalLong v) {}

        void optionalDouble(@QueryParam("v") OptionalDouble v) {}

        void list(@QueryParam("v") List<Integer> v) {}

        void wildcards(@QueryParam("v") List<? extends Integer> v) {}

        void collection(@QueryParam("v") Collection<Integer> v) {}

        void set(@QueryParam("v") Set<Integer> v) {}

        void array(@QueryParam("v") int[] v) {}

        void boxes(@QueryParam("v") Integer[] v) {}

        void texts(@QueryParam("v") List<String> v) {}

        void listByDefault(@QueryParam("v") @DefaultValue("7") List<Integer> v) {}
    }

    static class InHeader {
        void required(@HeaderParam("v") int v) {}

        void boxed(@HeaderParam("v") Integer v) {}

        void byDefault(@HeaderParam("v") @DefaultValue("7") int v) {}

        void text(@HeaderParam("v") String v) {}

        void textByDefault(@HeaderParam("v") @DefaultValue("d") String v) {}

        void optional(@HeaderParam("v") Optional<Integer> v) {}

        void optionalText(@HeaderParam("v") Optional<String> v) {}

        void optionalInt(@HeaderParam("v") OptionalInt v) {}

        void optionalLong(@HeaderParam("v") OptionalLong v) {}

        void optionalDouble(@HeaderParam("v") OptionalDouble v) {}

        void list(@HeaderParam("v") List<Integer> v) {}

        void wildcards(@HeaderParam("v") List<? extends Integer> v) {}

        void collection(@HeaderParam("v") Collection<Integer> v) {}

        void set(@HeaderParam("v") Set<Integer> v) {}

        void array(@HeaderParam("v") int[] v) {}

        void boxes(@HeaderParam("v") Integer[] v) {}

        void texts(@HeaderParam("v") List<String> v) {}

        void listByDefault(@HeaderParam("v") @DefaultValue("7") List<Integer> v) {}
    }

    static class InCookie {
        void required(@CookieParam("v") int v) {}

        void boxed(@CookieParam("v") Integer v) {}

        void byDefault(@CookieParam("v") @DefaultValue("7") int v) {}

        void text(@CookieParam("v") String v) {}

        void textByDefault(@CookieParam("v") @DefaultValue("d") String v) {}

        void optional(@CookieParam("v") Optional<Integer> v) {}

        void optionalText(@CookieParam("v") Optional<String> v) {}

        void optionalInt(@CookieParam("v") OptionalInt v) {}

        void optionalLong(@CookieParam("v") OptionalLong v) {}

        void optionalDouble(@CookieParam("v") OptionalDouble v) {}

        void list(@CookieParam("v") List<Integer> v) {}

        void wildcards(@CookieParam("v") List<? extends Integer> v) {}

        void collection(@CookieParam("v") Collection<Integer> v) {}

        void set(@CookieParam("v") Set<Integer> v) {}

        void array(@CookieParam("v") int[] v) {}

        void boxes(@CookieParam("v") Integer[] v) {}

        void texts(@CookieParam("v") List<String> v) {}

        void listByDefault(@CookieParam("v") @DefaultValue("7") List<Integer> v) {}
    }

    static class InForm {
        void required(@FormParam("v") int v) {}

        void boxed(@FormParam("v") Integer v) {}

        void byDefault(@FormParam("v") @DefaultValue("7") int v) {}

        void text(@FormParam("v") String v) {}

        void textByDefault(@FormParam("v") @DefaultValue("d") String v) {}

        void optional(@FormParam("v") Optional<Integer> v) {}

        void optionalText(@FormParam("v") Optional<String> v) {}

        void optionalInt(@FormParam("v") OptionalInt v) {}

        void optionalLong(@FormParam("v") OptionalLong v) {}

        void optionalDouble(@FormParam("v") OptionalDouble v) {}

        void list(@FormParam("v") List<Integer> v) {}

        void wildcards(@FormParam("v") List<? extends Integer> v) {}

        void collection(@FormParam("v") Collection<Integer> v) {}

        void set(@FormParam("v") Set<Integer> v) {}

        void array(@FormParam("v") int[] v) {}

        void boxes(@FormParam("v") Integer[] v) {}

        void texts(@FormParam("v") List<String> v) {}

        void listByDefault(@FormParam("v") @DefaultValue("7") List<Integer> v) {}
    }

    /** A path variable always has one value. */
    static class InPath {
        void required(@PathParam("v") int v) {}

        void boxed(@PathParam("v") Integer v) {}

        void text(@PathParam("v") String v) {}

        void optional(@PathParam("v") Optional<Integer> v) {}

        void optionalText(@PathParam("v") Optional<String> v) {}

        void optionalInt(@PathParam("v") OptionalInt v) {}

        void optionalLong(@PathParam("v") OptionalLong v) {}

        void optionalDouble(@PathParam("v") OptionalDouble v) {}

        void list(@PathParam("v") List<Integer> v) {}

        void set(@PathParam("v") Set<Integer> v) {}

        void array(@PathParam("v") int[] v) {}

        void texts(@PathParam("v") List<String> v) {}
    }

    @TestFactory
    Stream<DynamicTest> queryParameters() {
        return tests(
                InQuery.class,
                EVERYWHERE + MANY,
                values -> MockRequest.get(values.isEmpty() ? "/" : "/?v=" + String.join("&v=", values)));
    }

    @TestFactory
    Stream<DynamicTest> headers() {
        return tests(InHeader.class, EVERYWHERE + MANY_IN_HEADERS, values -> {
            var request = MockRequest.get("/");
            values.forEach(value -> request.header("V", value));
            return request;
        });
    }

    @TestFactory
    Stream<DynamicTest> headersInOneField() {
        return tests(
                InHeader.class,
                MANY_IN_HEADERS,
                values -> values.isEmpty()
                        ? MockRequest.get("/")
                        : MockRequest.get("/").header("V", String.join(",", values)));
    }

    @TestFactory
    Stream<DynamicTest> cookies() {
        return tests(
                InCookie.class,
                EVERYWHERE + MANY,
                values -> values.isEmpty()
                        ? MockRequest.get("/").header("Cookie", "w=1")
                        : MockRequest.get("/").header("Cookie", "w=1; v=" + String.join("; v=", values)));
    }

    @TestFactory
    Stream<DynamicTest> fieldsOfForms() {
        return tests(
                InForm.class,
                EVERYWHERE + MANY,
                values -> MockRequest.post("/")
                        .text(
                                "application/x-www-form-urlencoded",
                                values.isEmpty() ? "w=1" : "v=" + String.join("&v=", values)));
    }

    @TestFactory
    Stream<DynamicTest> fieldsOfMultipartForms() {
        return tests(
                InForm.class,
                EVERYWHERE + MANY,
                values -> MockRequest.post("/")
                        .text(
                                "multipart/form-data; boundary=b",
                                values.stream()
                                                .map(value ->
                                                        "--b\r\nContent-Disposition: form-data; name=\"v\"\r\n\r\n"
                                                                + value + "\r\n")
                                                .collect(Collectors.joining())
                                        + "--b--"));
    }

    @TestFactory
    Stream<DynamicTest> pathVariables() {
        return tests(
                InPath.class,
                EVERYWHERE + MANY,
                values -> values.size() == 1 ? MockRequest.get("/").pathParam("v", values.get(0)) : null);
    }

    interface Carriage {
        /** A request with the values; null where there can't be one. */
        MockRequest.Builder request(List<String> values);
    }

    private static final List<List<String>> CASES =
            List.of(List.of(), List.of(""), List.of("x"), List.of("5"), List.of("5", "6", "5"));

    private static Stream<DynamicTest> tests(Class<?> controller, String table, Carriage carriage) {
        return table.lines()
                .map(line -> line.split(" +"))
                .filter(row -> !row[0].equals("method"))
                .filter(row ->
                        methods(controller).anyMatch(method -> method.getName().equals(row[0])))
                .flatMap(row -> Stream.iterate(0, i -> i < CASES.size(), i -> i + 1)
                        .filter(i -> carriage.request(CASES.get(i)) != null)
                        .map(i -> DynamicTest.dynamicTest(
                                row[0] + " of " + CASES.get(i),
                                () -> assertEquals(
                                        row[i + 1],
                                        outcome(
                                                controller,
                                                row[0],
                                                carriage.request(CASES.get(i)).build())))));
    }

    private static Stream<java.lang.reflect.Method> methods(Class<?> controller) {
        return Arrays.stream(controller.getDeclaredMethods());
    }

    private static String outcome(Class<?> controller, String name, MockRequest request) {
        var bindings = new Bindings(Bindings.READS_NOTHING);
        var method = methods(controller)
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        MethodBinder binder = bindings.binder(method, request.method(), controller == InPath.class ? "/{v}" : "/");
        assertEquals(List.of(), bindings.problems.found());
        try {
            return shown(binder.bind(request)[0]);
        } catch (BadRequestException e) {
            assertEquals(1, e.errors().size());
            return e.errors().get(0).detail().equals("required, but missing") ? "missing" : "bad";
        }
    }

    private static String shown(Object value) {
        String text = value instanceof int[] ints
                ? Arrays.toString(ints)
                : value instanceof Object[] objects ? Arrays.toString(objects) : value.toString();
        return (value.equals(List.of("")) || value.equals(Optional.of(""))
                        ? text.replace("[", "[''")
                        : text.isEmpty() ? "''" : text)
                .replace(" ", "");
    }
}
