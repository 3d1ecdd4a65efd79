package dev.bistro.body.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyReader;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.scan.CompiledApplication;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts that are JSON, are nearly JSON, or are taken for it by some readers, as a body of each type and as the value of
 * a component of each type: generated code makes the same of them as Jackson alone, be it a value or a problem.
 */
class GeneratedTextsTest {
    private static final String TYPES = """
            package texts;
            import dev.bistro.annotation.*;
            import java.math.*;
            import java.net.URI;
            import java.time.*;
            import java.util.*;

            @Route
            class Texts {
                record One(int v) {}
                enum Color { RED, @Label("dark blue") BLUE }
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = "type")
                @com.fasterxml.jackson.annotation.JsonSubTypes({
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Card.class, name = "card"),
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Free.class, name = "free")})
                sealed interface Payment permits Card, Free {}
                record Card(String number) implements Payment {}
                record Free() implements Payment {}
                sealed interface Message permits Command, Event {}
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = "type")
                @com.fasterxml.jackson.annotation.JsonSubTypes(
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Start.class, name = "start"))
                sealed interface Command extends Message permits Start {}
                @com.fasterxml.jackson.annotation.JsonTypeInfo(
                        use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME, property = "type")
                @com.fasterxml.jackson.annotation.JsonSubTypes(
                    @com.fasterxml.jackson.annotation.JsonSubTypes.Type(value = Started.class, name = "started"))
                sealed interface Event extends Message permits Started {}
                record Start(int x) implements Command {}
                record Started(int x) implements Event {}
                @Get("/unread") Message unread() { return null; }
                @COMPONENTS@
            }
            """;

    private static final List<String> COMPONENTS = List.of(
            "boolean",
            "byte",
            "short",
            "int",
            "long",
            "double",
            "Boolean",
            "Integer",
            "Double",
            "String",
            "BigDecimal",
            "BigInteger",
            "UUID",
            "URI",
            "LocalDate",
            "LocalTime",
            "LocalDateTime",
            "OffsetDateTime",
            "Instant",
            "Duration",
            "Color",
            "Optional<String>",
            "Optional<Integer>",
            "List<Integer>",
            "List<List<String>>",
            "Set<Color>",
            "Map<String, Long>",
            "One",
            "Optional<One>",
            "List<One>",
            "Payment",
            "List<Payment>",
            "Card");

    /** With {@code '} for quotation marks: numbers, words, texts, times and addresses, arrays and objects, others. */
    private static final String TEXTS = """
            0 -0 1 -1 10 -10 00 01 -01 +1 - + .5 5. -.5 1.0 1.50 -1.5 0.0 -0.0 1.x 0x1F 1_000 1e5 1E5 1e+5 1e-5
            1e 1e+ 1.5e3 127 128 -128 -129 32767 32768 -32768 -32769 2147483647 2147483648 -2147483648
            -2147483649 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809
            123456789012345678 1234567890123456789 999999999999999999999999999999 0.1 0.30000000000000004
            123456789012345.6 1234567890123456.7 5e-324 1e308 1e309 -1e309 1e400 2.2250738585072011e-308
            9007199254740993 9007199254740992.0 0.000000000000001 1.7976931348623157e308 1e-400 1e999999999 NaN
            Infinity -Infinity nan 1.0.0 1-2 1a ١
            true false null True FALSE nul tru truee nulll true1 undefined 'true' 'false' 'null' none
            '' 'a' 'RED' 'BLUE' 'red' 'é' '€' '😀' a 'a a' ''a'' '\\n' '\\u0041' '\\u00e9' '\\ud83d\\ude00'
            '\\ud83d' '\\udc00x' '\\u004' '\\x' '\\' '\\'' '\\/' 'a 'a'b' ''' 'a'' '\\u0000' '1' '1.5' '-1' '+1'
            '01' '1e5' '0x1' 'NaN' 'Infinity' 'dark\\u0020blue'
            '2020-02-29' '2021-02-29' '2020-2-9' '20200229' '+12020-01-01' '-0001-01-01' '0000-01-01'
            '2020-02-29T00:00' '12:30:15' '12:30' '24:00:00' '12:30:60' '12:30:15.5' '2020-02-29T12:30:15'
            '2020-02-29t12:30:15' '2020-02-29T24:00:00' '2020-02-29T12:30:15Z' '2020-02-29T12:30:15z'
            '2020-02-29T12:30:15+00:00' '2020-02-29T12:30:15+02:00' '2020-02-29T12:30:60Z'
            '2016-12-31T23:59:60Z' '2020-02-29T12:30Z' '2020-02-29T12:30:15.123456789Z'
            '2020-02-29T12:30:15Z[UTC]' 'PT1H' 'P1D' 'PT-1.5S' '-PT1H' 'pt1h' 'P' 'PT' 'P1Y' 'PT1H '
            '1582934400' 1582934400 '123e4567-e89b-12d3-a456-426614174000'
            '123E4567-E89B-12D3-A456-426614174000' '1-2-3-4-5' '123e4567e89b12d3a456426614174000'
            '{123e4567-e89b-12d3-a456-426614174000}' 'https://a.example/b?c#d' 'a' '/' '%' '%zz' 'a%20b' ':'
            '//' 'http://[' 'é' '?'
            [] [1] [1,2] [1,] [,1] [1 [ ] [[ [[]] [[1]] [['a']] [null] ['RED'] ['RED','RED'] [1.5] ['1'] [true]
            [1,2} {} {'v':1} {'v':1,'v':1} {'v':1,} {,} {'v'} {'v':} {v:1} {'w':1} {'v':1,'w':2} {'v':null}
            {'v':'1'} { {'v':1 {'v':1]} {'a':1,'b':2} {'a':1,'a':2} {'':1} {'\\u0061':1} {'é':1} {'a':null}
            {1:1} [{'v':1}] [{'v':1},{}] [{'v':1},null] {'type':'card','number':'1'}
            {'number':'1','type':'card'} {'type':'free'} {'type':'none'} {'type':1} {'type':null}
            {'type':'card'} {'type':'free','number':'1'} {'number':'1'} {'type':'card','type':'free'}
            {'type':'card','number':'1','type':'card'} {'type':'c\\u0061rd','number':'1'}
            {'type':'Card','number':'1'} [{'type':'free'}] [{'type':'free'},{'type':'card','number':null}]
            {'type':'card','number':'1','more':{}} ['card',{'number':'1'}]
            1,2 1]2 1} {}{} [][] 1//x /**/1 #1 1; ;1 (1)
            """;

    /** White space and marks that some readers skip, and JSON has nowhere or only in texts. */
    private static final String ODD = "\u0000\t\u000b\f\u007f\u0085\u00a0\u2028\ufeff";

    private static List<String> texts() {
        var texts = new ArrayList<>(List.of(TEXTS.split("[ \n]")));
        for (String odd : ODD.split("")) {
            texts.addAll(List.of("1" + odd, odd + "1", "'" + odd + "'"));
        }
        texts.addAll(List.of("", " ", " 1", "1 ", "\t1\n", "\r\n1\r\n", "'a b'", "' a'", "'a\nb'", "'dark blue'"));
        texts.add("[".repeat(99) + "]".repeat(99));
        texts.add("[".repeat(3_000) + "]".repeat(3_000));
        texts.add("9".repeat(101));
        texts.add("9".repeat(2_000));
        texts.add("0." + "9".repeat(2_000));
        texts.add("'" + "x".repeat(70_000) + "'");
        texts.add("{'" + "x".repeat(70_000) + "':1}");
        texts.add("{'" + "é".repeat(40_000) + "':1}");
        return texts.stream().map(text -> text.replace('\'', '"')).distinct().toList();
    }

    /** Bytes that are no text. */
    private static List<byte[]> bytes(String before, String after) {
        return Stream.of(
                        "\u00c0\u0080",
                        "\u00ed\u00a0\u0080",
                        "\u00ff",
                        "\u00e2\u0082",
                        "\u00f4\u0090\u0080\u0080",
                        "\u00c3\u00a9")
                .map(wrong -> (before + "\"" + wrong + "\"" + after).getBytes(ISO_8859_1))
                .toList();
    }

    @Test
    void areReadAsJacksonReadsThem(@TempDir Path directory) throws Exception {
        var application = new CompiledApplication(directory).compile(true, Map.of("texts/Texts.java", source()));
        try (var loader = new URLClassLoader(
                new URL[] {application.classes.toUri().toURL()}, GeneratedTextsTest.class.getClassLoader())) {
            var byGenerated = new AtomicInteger();
            for (Method method : loader.loadClass("texts.Texts").getDeclaredMethods()) {
                Type type = method.getGenericReturnType();
                if (method.getName().equals("unread")) { // nor does Jackson: what tells them apart isn't its own
                    assertEquals(
                            "Texts.Message is only written",
                            new JsonCodec().readingObstacle(type).orElse(""));
                    assertEquals(Optional.empty(), new JsonCodec().reader(type));
                    continue;
                }
                assertEquals(Optional.empty(), new JsonCodec().readingObstacle(type), type.toString());
                compare(type, byGenerated);
            }
            assertTrue(byGenerated.get() > 300, "Read by generated code: " + byGenerated);
        }
    }

    /** A record with a component of each type, and methods for these and for what may be a body itself. */
    private static String source() {
        var text = new StringBuilder();
        for (int i = 0; i < COMPONENTS.size(); i++) {
            text.append("record R" + i + "(" + COMPONENTS.get(i) + " v) {}\n");
            text.append("@Get(\"/r" + i + "\") R" + i + " r" + i + "() { return null; }\n");
        }
        List<String> bodies =
                List.of("List<Integer>", "Set<Color>", "Map<String, Long>", "One", "List<One>", "Payment");
        for (int i = 0; i < bodies.size(); i++) {
            text.append("@Get(\"/b" + i + "\") " + bodies.get(i) + " b" + i + "() { return null; }\n");
        }
        return TYPES.replace("@COMPONENTS@", text);
    }

    private static void compare(Type type, AtomicInteger byGenerated) {
        BodyReader jackson = JsonCodec.byJackson().reader(type).orElseThrow();
        var isJackson = new boolean[1];
        var generated = new GeneratedReader(new GeneratedTypes(List.of()), type, () -> (body, mediaType) -> {
            isJackson[0] = true;
            return jackson.read(body, mediaType);
        });
        var bodies = new ArrayList<byte[]>();
        for (String text : texts()) {
            bodies.add(text.getBytes(UTF_8));
            bodies.add(("{\"v\":" + text + "}").getBytes(UTF_8));
        }
        bodies.addAll(bytes("{\"v\":", "}"));
        bodies.addAll(bytes("", ""));
        for (byte[] body : bodies) {
            isJackson[0] = false;
            Object read = outcome(generated, body);
            if (isJackson[0]) {
                continue; // by the same reader
            }
            byGenerated.incrementAndGet();
            assertEquals(outcome(jackson, body), read, () -> type + " of " + new String(body, UTF_8));
        }
    }

    private static Object outcome(BodyReader reader, byte[] body) {
        try {
            return reader.read(body, MediaType.JSON);
        } catch (HttpException fault) {
            return fault.getClass() + " " + fault.getMessage() + " " + fault.errors();
        }
    }
}
