package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Delete;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.MediaType;
import dev.bistro.http.PreconditionFailedException;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.startup.Golden;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code @ETag} and {@code @IfMatch}: what is answered, and what is not done. */
class ConditionsTest {
    record Item(String name, @ETag long version) {}

    record Named(@ETag String version) {}

    @Route("/items")
    static class Items {
        @Get("/one")
        @Header(name = "Cache-Control", value = "no-cache")
        Item one() {
            return new Item("tea", 7);
        }

        @Get("/later")
        CompletionStage<Optional<Item>> later() {
            return CompletableFuture.completedFuture(Optional.of(one()));
        }

        @Get("/own")
        Response<Item> own() {
            return Response.ok(one()).withHeader("ETag", "\"own\"");
        }

        @Get("/gone")
        Response<Item> gone() {
            return Response.ok(one()).withStatus(Status.GONE);
        }

        @Get("/named")
        Named named() {
            return new Named("a b\"~%é");
        }

        @Post("/one")
        Response<Item> create() {
            return Response.created("/items/one", one());
        }

        @Post("/act")
        Item act() {
            return one();
        }

        @Put("/one")
        Item replace(@IfMatch long version) {
            if (version != 7) {
                throw new PreconditionFailedException("It is at 7");
            }
            return new Item("tea", 8);
        }

        @Patch("/one")
        Item change(@IfMatch Optional<Long> version) {
            return new Item(version.map(Object::toString).orElse("any"), 8);
        }

        @Delete("/one")
        String remove(@IfMatch Set<Long> versions) {
            return versions.toString();
        }

        @Delete("/primitive")
        String removePrimitive(@IfMatch OptionalLong version, int limit) {
            return version + " " + limit;
        }

        @Delete("/named")
        String removeNamed(@IfMatch String version) {
            return version;
        }

        @Delete("/uuid")
        String removeUuid(@IfMatch UUID version) {
            return version.toString();
        }

        @Get("/hashed")
        @ETag
        String hashed(@dev.bistro.annotation.DefaultValue("x") String text) {
            return text;
        }

        @Get("/hashed/later")
        @ETag
        CompletionStage<List<String>> hashedLater() {
            return CompletableFuture.completedFuture(List.of("a"));
        }
    }

    private final Controllers controllers = Controllers.of(new Items());

    private String answer(String method, String target, String... headers) {
        var response = controllers.send(method, target, headers);
        String body = response.status().isError() ? "" : " " + Controllers.body(response);
        return response.status().code() + " " + Controllers.header(response, "ETag") + body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "- => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-None-Match: \"7\" => 304 \"7\" ",
                "If-None-Match: \"6\", W/\"7\" => 304 \"7\" ",
                "If-None-Match: \"7~gzip\" => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-None-Match: \"7!csv\" => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-Match: \"7~gzip\" => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-None-Match: * => 304 \"7\" ",
                "If-None-Match: \"6\" => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-Match: \"7\" => 200 \"7\" {\"name\":\"tea\",\"version\":7}",
                "If-Match: \"6\" => 412 - ",
                "If-Match: W/\"7\" => 412 - ",
            })
    void answersConditionalReads(String header, String expected) {
        String[] headers = header.equals("-") ? new String[0] : new String[] {header};
        assertEquals(expected.strip(), answer("GET", "/items/one", headers).strip());
        assertEquals(expected.strip(), answer("HEAD", "/items/one", headers).strip());
        assertEquals(expected.strip(), answer("GET", "/items/later", headers).strip());
    }

    @Test
    void leavesOutOfA304WhatDescribesABodyAndKeepsAllElse() {
        var response = controllers.send("GET", "/items/one", "If-None-Match: \"7\"");
        assertEquals("-", Controllers.header(response, "Content-Type"));
        assertEquals("no-cache", Controllers.header(response, "Cache-Control"));
    }

    @Test
    void sendsATagWhereItSaysWhatIsThere() {
        assertEquals("201 \"7\"", answer("POST", "/items/one").substring(0, 7));
        assertEquals("200 -", answer("POST", "/items/act").substring(0, 5));
        assertEquals("200 -", answer("PUT", "/items/one", "If-Match: \"7\"").substring(0, 5));
        assertEquals("200 \"8\"", answer("PATCH", "/items/one").substring(0, 7));
        assertEquals("200 \"own\"", answer("GET", "/items/own").substring(0, 9));
        assertEquals("410 -", answer("GET", "/items/gone"));
        assertEquals("410 -", answer("GET", "/items/gone", "If-None-Match: \"7\""));
        assertEquals(
                "200 \"a%20b%22%7E%25%C3%A9\"", answer("GET", "/items/named").split(" \\{")[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "PUT /items/one - => 428",
                "PUT /items/one * => 428",
                "PUT /items/one \"7\" => 200 - {\"name\":\"tea\",\"version\":8}",
                "PUT /items/one \"7!csv~gzip\" => 200 - {\"name\":\"tea\",\"version\":8}",
                "PUT /items/one \"6\" => 412",
                "PUT /items/one W/\"7\" => 412",
                "PUT /items/one \"x\" => 412",
                "PUT /items/one \"%zz\" => 412",
                "PUT /items/one 7 => 400",
                "PUT /items/one \"7\",\"8\" => 400",
                "PATCH /items/one - => 200 \"8\" {\"name\":\"any\",\"version\":8}",
                "PATCH /items/one * => 200 \"8\" {\"name\":\"any\",\"version\":8}",
                "PATCH /items/one \"7\" => 200 \"8\" {\"name\":\"7\",\"version\":8}",
                "PATCH /items/one \"x\" => 412",
                "DELETE /items/one \"7\",W/\"8\",\"x\",\"9\" => 200 - [7, 9]",
                "DELETE /items/one - => 428",
                "DELETE /items/primitive?limit=1 - => 200 - OptionalLong.empty 1",
                "DELETE /items/primitive?limit=1 \"5\" => 200 - OptionalLong[5] 1",
                "DELETE /items/primitive \"x\" => 400",
                "DELETE /items/named \"a%20b%22%7E%25%C3%A9~gzip\" => 200 - a b\"~%é",
                "DELETE /items/uuid \"00000000-0000-0001-0000-000000000002\" => 200 - "
                        + "00000000-0000-0001-0000-000000000002",
            })
    void demandsTheVersionThatIsChanged(String request, String expected) {
        String[] parts = request.split(" ");
        String answer =
                parts[2].equals("-") ? answer(parts[0], parts[1]) : answer(parts[0], parts[1], "If-Match: " + parts[2]);
        assertEquals(expected, answer.startsWith("4") ? answer.substring(0, 3) : answer);
    }

    @Test
    void hashesWhatAMethodAnswers() {
        String tag = Controllers.header(controllers.send("GET", "/items/hashed"), "ETag");
        assertTrue(tag.matches("\"[A-Za-z0-9_-]{22}\""), tag);
        assertEquals(
                "304 " + tag,
                answer("GET", "/items/hashed", "If-None-Match: " + tag).strip());
        assertEquals("200 " + tag + " x", answer("GET", "/items/hashed", "If-None-Match: \"other\""));
        assertNotEquals(tag, Controllers.header(controllers.send("GET", "/items/hashed?text=y"), "ETag"));
        String later = Controllers.header(controllers.send("GET", "/items/hashed/later"), "ETag");
        assertEquals(
                "304 " + later,
                answer("GET", "/items/hashed/later", "If-None-Match: " + later).strip());
    }

    /** Writes anything as a line of text. */
    private static final class LineCodec implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.parse("text/csv"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return Optional.empty();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return Optional.of(value -> value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Route("/formats")
    static class Formats {
        @Get
        @Produces({"application/json", "text/csv"})
        Item get() {
            return new Item("tea", 7);
        }

        @Put
        String put(@IfMatch long version) {
            return "at " + version;
        }
    }

    @Test
    void givesEachMediaTypeATagOfItsOwnOfWhichAllAreTheVersion() {
        Controllers formats = Controllers.of(new LineCodec(), new Formats());
        assertEquals("\"7\"", Controllers.header(formats.send("GET", "/formats"), "ETag"));
        var csv = formats.send("GET", "/formats", "Accept: text/csv");
        assertEquals("\"7!csv\"", Controllers.header(csv, "ETag"));
        for (String tag : List.of("\"7!csv\"", "\"7!csv~gzip\"")) {
            var known = formats.send(
                    "GET", "/formats", "Accept: text/csv", "Accept-Encoding: gzip", "If-None-Match: " + tag);
            assertEquals(304, known.status().code(), tag);
            assertEquals("Accept", Controllers.header(known, "Vary"));
            assertEquals("at 7", Controllers.body(formats.send("PUT", "/formats", "If-Match: " + tag)));
        }
        assertEquals(
                200,
                formats.send("GET", "/formats", "If-None-Match: \"7!csv\"")
                        .status()
                        .code());
    }

    record TwoVersions(@ETag long a, @ETag long b) {}

    record NoVersion(@ETag List<String> tags) {}

    @Route("/faulty")
    static class Faulty {
        @Get("/a")
        TwoVersions two() {
            return null;
        }

        @Get("/b")
        NoVersion none(@IfMatch long version) {
            return null;
        }

        @Get("/c")
        @ETag
        InputStream streamed() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Get("/d")
        @ETag
        java.nio.file.Path file() {
            return null;
        }

        @Get("/e")
        @ETag
        void nothing() {}

        @Put("/f")
        @ETag
        String put(@IfMatch Thread version) {
            return "";
        }
    }

    @Test
    void reportsConditionsThatAreNone() {
        Golden.assertGolden("conditions", Controllers.faults(new Faulty()));
    }
}
