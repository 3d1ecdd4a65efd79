package dev.bistro.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.startup.Golden;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Past;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constraints of jakarta.validation on the parameters of methods. */
class ValidationTest {
    record Line(@NotBlank String sku, @Positive int count) {}

    record Order(
            @Size(max = 5) String note,
            Optional<@Size(max = 3) String> code,
            @NotEmpty List<@Valid Line> lines,
            Map<String, @Valid Line> extras,
            List<@Size(max = 2) String> tags) {}

    record Page(
            @QueryParam("max") @Max(100) int limit,
            @Min(0) @DefaultValue("0") int offset) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = Ordered.class)
    @interface InOrder {
        String message() default "must be in order";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    public static final class Ordered implements ConstraintValidator<InOrder, Span> {
        @Override
        public boolean isValid(Span span, ConstraintValidatorContext context) {
            return span.from() <= span.to();
        }
    }

    @InOrder
    record Span(int from, int to) {}

    @Route("/x")
    static class Things {
        @Get("/{id}")
        String find(@Max(9) long id, @HeaderParam Optional<@Pattern(regexp = "[a-z]+") String> xMark) {
            return "found";
        }

        @Get("/page")
        String page(@BeanParam Page page) {
            return page.toString();
        }

        @Post("/orders")
        String order(Order order, @QueryParam @Size(max = 2) String by) {
            return "ordered";
        }

        @Post("/lines")
        String lines(List<Line> lines) {
            return "lines";
        }

        @Post("/valid-lines")
        String validLines(@Size(max = 1) List<@Valid Line> lines) {
            return "lines";
        }

        @Post("/span")
        String span(Span span) {
            return "span";
        }

        @Get("/many")
        String many(List<@Min(1) Integer> n) {
            return n.toString();
        }
    }

    private final Locale before = Locale.getDefault();
    private Controllers controllers;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
        controllers = Controllers.of(new Things());
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET /x/7 - => found",
                "GET /x/page?max=100 - => Page[limit=100, offset=0]",
                "POST /x/orders?by=me {\"note\":\"n\",\"code\":\"abc\",\"lines\":[{\"sku\":\"s\","
                        + "\"count\":1}],\"extras\":{},\"tags\":[]} => ordered",
                "POST /x/orders?by=me {\"note\":\"n\",\"lines\":[{\"sku\":\"s\",\"count\":1}],\"extras\":{},"
                        + "\"tags\":[]} => ordered",
                "POST /x/span {\"from\":1,\"to\":2} => span",
                "POST /x/lines [] => lines",
                "GET /x/many?n=1&n=2 - => [1, 2]",
            })
    void lets(String request, String expected) {
        assertEquals(expected, Controllers.body(send(request)));
    }

    private dev.bistro.http.Response<dev.bistro.http.Payload> send(String request) {
        String[] parts = request.split(" ", 3);
        return parts[2].equals("-")
                ? controllers.send(parts[0], parts[1])
                : controllers.sendJson(parts[0], parts[1], parts[2]);
    }

    private void assertErrors(String request, String... errors) {
        var response = send(request);
        assertEquals(422, response.status().code(), Controllers.body(response));
        String json = Controllers.body(response);
        String found = json.substring(json.indexOf("\"errors\":[") + 10, json.length() - 2);
        assertEquals(String.join(",", errors), found.replaceAll("\"", "'"));
    }

    private static String error(String in, String key, String name, String detail) {
        return "{'in':'" + in + "','" + key + "':'" + name + "','detail':'" + detail + "'}";
    }

    @Test
    void namesTheParameter() {
        assertErrors("GET /x/10 -", error("path", "name", "id", "must be less than or equal to 9"));
        assertErrors("GET /x/many?n=1&n=0 -", error("query", "name", "n", "must be greater than or equal to 1"));
    }

    @Test
    void namesTheComponentOfABean() {
        assertErrors(
                "GET /x/page?max=101&offset=-1 -",
                error("query", "name", "max", "must be less than or equal to 100"),
                error("query", "name", "offset", "must be greater than or equal to 0"));
    }

    @Test
    void namesEachPlaceInTheBodyAndEachParameterAtOnce() {
        assertErrors(
                "POST /x/orders?by=them {\"note\":\"too long\",\"code\":\"abcd\",\"lines\":[{\"sku\":\"s\","
                        + "\"count\":1},{\"sku\":\" \",\"count\":0}],"
                        + "\"extras\":{\"a/b\":{\"sku\":\"s\",\"count\":-1}},\"tags\":[\"ok\",\"long\"]}",
                error("body", "pointer", "/code", "size must be between 0 and 3"),
                error("body", "pointer", "/extras/a~1b/count", "must be greater than 0"),
                error("body", "pointer", "/lines/1/count", "must be greater than 0"),
                error("body", "pointer", "/lines/1/sku", "must not be blank"),
                error("body", "pointer", "/note", "size must be between 0 and 5"),
                error("body", "pointer", "/tags/1", "size must be between 0 and 2"),
                error("query", "name", "by", "size must be between 0 and 2"));
    }

    @Test
    void looksIntoListsOfTheBody() {
        String lines = "[{\"sku\":\"s\",\"count\":1},{\"sku\":\"\",\"count\":1}]";
        assertErrors("POST /x/lines " + lines, error("body", "pointer", "/1/sku", "must not be blank"));
        assertErrors(
                "POST /x/valid-lines " + lines,
                error("body", "pointer", "", "size must be between 0 and 1"),
                error("body", "pointer", "/1/sku", "must not be blank"));
    }

    @Test
    void pointsToTheWholeForAConstraintOnTheRecord() {
        assertErrors("POST /x/span {\"from\":2,\"to\":1}", error("body", "pointer", "", "must be in order"));
    }

    @Test
    void bindsBeforeItValidates() {
        var response = controllers.sendJson("POST", "/x/orders?by=them", "{}");
        assertTrue(Controllers.body(response).contains("/note"), Controllers.body(response));
        assertEquals(400, controllers.send("GET", "/x/ten").status().code());
    }

    record Impossible(@Size(max = 3) int count) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER})
    @Constraint(validatedBy = Hidden.class)
    @interface Unmakable {
        String message() default "is never checked";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    static final class Hidden implements ConstraintValidator<Unmakable, Object> {
        private Hidden() {}

        @Override
        public boolean isValid(Object value, ConstraintValidatorContext context) {
            return true;
        }
    }

    @Unmakable
    record Unmade(@Unmakable String text) {}

    @Route("/faulty")
    static class Faulty {
        @Get
        String parameter(@NotBlank int count) {
            return "";
        }

        @Post
        String body(Impossible body) {
            return "";
        }

        @Post("/unmade")
        String unmade(Unmade body) {
            return "";
        }
    }

    @Route("/faulty")
    static class FaultyParameter {
        @Get
        String parameter(@NotBlank int count) {
            return "";
        }
    }

    @Route("/faulty")
    static class FaultyTwice {
        @Get
        String parameter(@NotBlank int count, @DefaultValue("many") int page) {
            return "";
        }

        @Get("/unmade")
        String unmade(@QueryParam @Unmakable String text) {
            return "";
        }

        @Post
        String within(@QueryParam List<@Size(max = 3) Integer> counts, @QueryParam @NotEmpty LocalDate day) {
            return "";
        }
    }

    @Test
    void reportsConstraintsOfParametersBesideOtherFaults() {
        Golden.assertGolden("constraints-beside-others", Controllers.faults(new FaultyTwice()));
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Constraint(validatedBy = {})
    @Size(max = 3)
    @interface Brief {
        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    @Route("/fitting")
    static class Fitting {
        @Get
        String fit(
                @Size(max = 3) String text,
                @Brief String composed,
                @Min(1) int count,
                @Max(1) Integer boxed,
                @Min(1) BigDecimal number,
                @Past Instant instant,
                @NotNull Weekday any,
                @QueryParam Optional<@Size(max = 3) String> more,
                @QueryParam @Size(max = 3) List<@Positive Long> list,
                @QueryParam @Size(max = 3) int[] array) {
            return "";
        }
    }

    enum Weekday {
        MONDAY
    }

    @Test
    void findsNothingWrongWithConstraintsThatFit() {
        assertEquals(List.of(), Controllers.faults(new Fitting()).found());
    }

    @Test
    void reportsConstraintsThatCanNotBeChecked() {
        Golden.assertGolden("constraints-body", Controllers.faults(new Faulty()));
        Golden.assertGolden("constraints-parameter", Controllers.faults(new FaultyParameter()));
    }
}
