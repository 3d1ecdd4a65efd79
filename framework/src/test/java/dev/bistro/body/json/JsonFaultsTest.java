package dev.bistro.body.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that is wrong with a JSON body at once, and whose fault it is. */
class JsonFaultsTest {
    record Guest(String name, int age) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Payment {
        @JsonTypeName("card")
        record Card(String number, int month) implements Payment {}

        @JsonTypeName("cash")
        record Cash() implements Payment {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    sealed interface Wrapped {
        @JsonTypeName("one")
        record One(int a, int b) implements Wrapped {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    sealed interface Deduced {
        record ByName(String name) implements Deduced {}

        record ById(long id) implements Deduced {}
    }

    record Span(int from, int to) {
        Span {
            if (from > to) {
                throw new IllegalArgumentException("the start is after the end");
            }
        }
    }

    record Booking(
            String room,
            LocalDate day,
            int nights,
            Optional<String> note,
            List<Guest> guests,
            Map<String, Guest> others,
            Optional<Guest> host,
            Payment payment,
            Span span) {}

    record Bookings(
            List<List<Guest>> lists,
            Guest[] array,
            Wrapped wrapped,
            @JsonProperty("n") int renamed) {}

    record Aliased(@JsonAlias("title") String name, int age) {}

    private static Object read(Type type, String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new JsonCodec().reader(type).orElseThrow().read(bytes, MediaType.JSON);
    }

    private static String faults(Type type, String json) {
        var fault = assertThrows(UnfitBodyException.class, () -> read(type, json), json);
        return fault.errors().stream()
                .map(error -> error.name() + " " + error.detail())
                .collect(Collectors.joining("; "));
    }

    private static final String GUEST = "{'name':'Ann','age':5}";
    private static final String GOOD = "{'room':'a','day':'2026-11-24','nights':1,'guests':[" + GUEST
            + "],'others':{'x':" + GUEST + "},'payment':{'type':'cash'},'span':{'from':1,'to':2}}";

    static final List<Arguments> SEVERAL = List.of(
            Arguments.of(
                    "{}",
                    "/room is required; /day is required; /nights is required; /guests is required; "
                            + "/others is required; /payment is required; /span is required"),
            Arguments.of(
                    GOOD.replace("'a'", "5").replace("2026-11-24", "soon").replace("'nights':1,", "'nights':null,"),
                    "/room expected a string, but was a number; "
                            + "/day expected a date like \"2026-11-24\", but was \"soon\"; "
                            + "/nights expected a whole number, but was null"),
            Arguments.of(
                    GOOD.replace("[" + GUEST + "]", "[{'age':'x'}," + GUEST + ",7,{}]"),
                    "/guests/0/name is required; /guests/0/age expected a whole number, but was a string; "
                            + "/guests/2 expected an object, but was a number; /guests/3/name is required; "
                            + "/guests/3/age is required"),
            Arguments.of(
                    GOOD.replace("{'x':" + GUEST + "}", "{'a/b':{},'~':{'name':1,'age':1}}"),
                    "/others/a~1b/name is required; /others/a~1b/age is required; "
                            + "/others/~0/name expected a string, but was a number"),
            Arguments.of(
                    GOOD.replace("'nights':1", "'nights':1,'host':{}"),
                    "/host/name is required; /host/age is required"),
            Arguments.of(
                    GOOD.replace("{'type':'cash'}", "{'type':'card'}").replace("'nights':1,", ""),
                    "/nights is required; /payment/number is required; /payment/month is required"),
            Arguments.of(
                    GOOD.replace("{'type':'cash'}", "{}").replace("'nights':1,", ""),
                    "/nights is required; /payment/type is required"),
            Arguments.of(
                    GOOD.replace("cash", "coins").replace("'nights':1,", ""),
                    "/nights is required; /payment/type isn't a valid value"),
            Arguments.of(
                    GOOD.replace("'from':1", "'from':3").replace("'nights':1,", ""),
                    "/nights is required; /span the start is after the end"),
            Arguments.of(
                    GOOD.replace("'nights':1", "'nights':99999999999").replace("'room':'a',", ""),
                    "/room is required; /nights is too large or too small: 99999999999"),
            Arguments.of("[]", " expected an object, but was an array"));

    @ParameterizedTest
    @FieldSource("SEVERAL")
    void areToldTogetherWithTheirPointers(String json, String expected) {
        assertEquals(expected, faults(Booking.class, json));
    }

    @Test
    void areToldOfListsInListsArraysWrappersAndOtherNames() {
        assertEquals(
                "/lists/0/1/name is required; /array/0/age is required; /wrapped/one/b is required; /n is required",
                faults(
                        Bookings.class,
                        "{'lists':[[" + GUEST + ",{'age':1}]],'array':[{'name':'a'}],'wrapped':{'one':{'a':1}}}"));
        assertEquals("/age is required", faults(Aliased.class, "{'title':'a'}"));
        assertEquals(
                "/name expected a string, but was a number; /age is required", faults(Aliased.class, "{'title':1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':5",
                "{'name':5,",
                "{'name':5,'age':x}",
                "{'name':5} {}",
                "{'name':5}}",
                "{'name':5,'age':'",
                "{'name':5,'other':1,'other':2}",
                "{'age':1e}",
                "[",
                "[1,",
                "{'name':[[1}"
            })
    void areNoneWhereWhatFollowsTheFirstIsNoJson(String json) {
        assertThrows(BadRequestException.class, () -> read(Guest.class, json));
    }

    @Test
    void aKindThatIsAskedForByItselfMissesItsTypeWhereItWouldBe() {
        assertEquals("/type is required", faults(Payment.Card.class, "{'number':'1','month':1}"));
        assertEquals(
                "/type isn't a valid value", faults(Payment.Card.class, "{'type':'coins','number':'1','month':1}"));
    }

    @Test
    void aSingleOneIsTheDetailAndSeveralAreCounted() {
        var one = assertThrows(UnfitBodyException.class, () -> read(Guest.class, "{'name':'a'}"));
        assertEquals("The body doesn't fit at /age: is required", one.detail());
        var two = assertThrows(UnfitBodyException.class, () -> read(Guest.class, "{}"));
        assertEquals("The body doesn't fit at /name: is required; and 1 more", two.detail());
    }

    @Test
    void haveWhatCouldBeReadBesideThem() {
        var fault = assertThrows(
                UnfitBodyException.class,
                () -> read(Bookings.class, "{'lists':[[" + GUEST + ",{}]],'array':[],'n':7}"));
        assertEquals(
                List.of("/lists/0/0 null Guest[name=Ann, age=5]", "/array array []", "/n renamed 7"),
                fault.parts().stream()
                        .map(part -> part.pointer() + " " + part.property() + " "
                                + (part.value() instanceof Object[] array ? Arrays.toString(array) : part.value()))
                        .toList());
    }

    @Test
    void endAfterAHundredWithWhatIsFound() {
        String many = Stream.generate(() -> "{}").limit(1000).collect(Collectors.joining(",", "[", "]"));
        var fault = assertThrows(UnfitBodyException.class, () -> read(Guest[].class, many));
        assertTrue(fault.errors().size() >= 100 && fault.errors().size() <= 102, fault.detail());
    }

    record Nested(String name, Optional<Nested> next) {}

    @Test
    void costNoMoreTheDeeperABodyIs() {
        String unknown = Stream.generate(() -> "[]").limit(50_000).collect(Collectors.joining(",", "[", "]"));
        var fault = assertThrows(UnfitBodyException.class, () -> read(Nested.class, json(45, unknown)));
        assertTrue(fault.errors().size() >= 1, fault.detail());
    }

    private static String json(int depth, String innermost) {
        return depth == 0
                ? "{'name':'a','unknown':" + innermost + "}"
                : "{" + (depth == 45 ? "" : "'name':'a',") + "'next':" + json(depth - 1, innermost) + "}";
    }

    // ---- defaults

    enum Size {
        SMALL,
        LARGE
    }

    record Query(
            @DefaultValue("20") int limit,
            @DefaultValue("a b") String text,
            @DefaultValue("LARGE") Size size,
            @DefaultValue("2026-11-24") LocalDate day,
            @DefaultValue("PT1H") Duration time,
            @DefaultValue("true") boolean flag,
            @DefaultValue("1.50") BigDecimal price,
            @DefaultValue("[1,2]") List<Integer> numbers,
            @DefaultValue("{\"name\":\"Ann\",\"age\":5}") Guest guest,
            @DefaultValue("") String empty) {}

    @Test
    void defaultsStandForWhatIsMissing() {
        assertEquals(
                new Query(
                        20,
                        "a b",
                        Size.LARGE,
                        LocalDate.of(2026, 11, 24),
                        Duration.ofHours(1),
                        true,
                        new BigDecimal("1.50"),
                        List.of(1, 2),
                        new Guest("Ann", 5),
                        ""),
                read(Query.class, "{}"));
        assertEquals(5, ((Query) read(Query.class, "{'limit':5}")).limit());
    }

    @Test
    void defaultsDoNotStandForNullOrForWhatIsWrong() {
        assertEquals(
                "/limit expected a whole number, but was null; "
                        + "/size expected one of \"SMALL\", \"LARGE\", but was \"x\"",
                faults(Query.class, "{'limit':null,'size':'x'}"));
    }

    record BadNumber(@DefaultValue("many") int count) {}

    record BadEnum(@DefaultValue("HUGE") Size size) {}

    record Trailing(@DefaultValue("1 2") int count) {}

    record Useless(@DefaultValue("a") Optional<String> text) {}

    record Deep(List<BadNumber> all) {}

    static final List<Arguments> BAD_DEFAULTS = List.of(
            Arguments.of(BadNumber.class, "@DefaultValue(\"many\") of count in BadNumber is not a whole number."),
            Arguments.of(
                    BadEnum.class, "@DefaultValue(\"HUGE\") of size in BadEnum is not one of \"SMALL\", \"LARGE\"."),
            Arguments.of(Trailing.class, "@DefaultValue(\"1 2\") of count in Trailing is not a whole number."),
            Arguments.of(Deep.class, "@DefaultValue(\"many\") of count in BadNumber is not a whole number."),
            Arguments.of(
                    Useless.class,
                    "@DefaultValue(\"a\") of text in Useless would never be used:"
                            + " the component is empty where it is missing."));

    @ParameterizedTest
    @FieldSource("BAD_DEFAULTS")
    void defaultsThatAreNoneAreFoundAtStartup(Class<?> type, String message) {
        var codec = new JsonCodec();
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> codec.reader(type))
                        .getMessage());
    }

    // ---- what constructors throw

    /** What the next constructor throws. */
    private static Supplier<Throwable> next = AssertionError::new;

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise() throws E {
        throw (E) next.get();
    }

    record Throwing(int value) {
        Throwing {
            JsonFaultsTest.<RuntimeException>raise();
        }
    }

    static final class ByFactory {
        @JsonCreator
        static ByFactory of(String text) {
            JsonFaultsTest.<RuntimeException>raise();
            return new ByFactory();
        }

        @JsonValue
        String text() {
            return "";
        }
    }

    record Holder(List<Throwing> all, Optional<ByFactory> one) {}

    private static final class Checked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static final List<Arguments> THROWN = List.of(
            thrown(() -> new IllegalArgumentException("said for the client"), "said for the client"),
            thrown(() -> new NumberFormatException("said too"), "said too"),
            thrown(() -> caught(() -> Objects.checkIndex(3, 2)), "isn't a valid value"),
            thrown(() -> caught(() -> Pattern.compile("(")), "isn't a valid value"),
            thrown(
                    () -> caught(() -> Locale.Builder.class.cast(new Locale.Builder().setLanguage("?"))),
                    "isn't a valid value"),
            thrown(() -> caught(() -> Currency.getInstance("nope")), "isn't a valid value"),
            thrown(() -> new DateTimeException("secret"), "isn't a valid value"),
            thrown(() -> new ArithmeticException("secret"), "isn't a valid value"),
            thrown(() -> new IndexOutOfBoundsException("secret"), "isn't a valid value"),
            thrown(() -> new NoSuchElementException("secret"), "isn't a valid value"),
            thrown(() -> new IllegalArgumentException(), "isn't a valid value"),
            thrown(Checked::new, "isn't a valid value"));

    private static Arguments thrown(Supplier<Throwable> what, String detail) {
        return Arguments.of(what, detail);
    }

    private static Throwable caught(Runnable code) {
        return assertThrows(RuntimeException.class, code::run);
    }

    @ParameterizedTest
    @FieldSource("THROWN")
    void aConstructorsRefusalIsTheClientsFaultAndItsOwnWordsReachIt(Supplier<Throwable> thrown, String detail) {
        next = thrown;
        assertEquals(" " + detail, faults(Throwing.class, "{'value':1}"));
        assertEquals(" " + detail, faults(ByFactory.class, "'a'"));
        assertEquals("/all/0 " + detail + "; /one " + detail, faults(Holder.class, "{'all':[{'value':1}],'one':'a'}"));
    }

    @Test
    void whatIsOurFaultStaysOne() {
        for (Supplier<Throwable> ours : List.<Supplier<Throwable>>of(
                NullPointerException::new,
                IllegalStateException::new,
                UnsupportedOperationException::new,
                ClassCastException::new,
                StackOverflowError::new)) {
            next = ours;
            for (String json : List.of("{'all':[{'value':1}]}", "{'all':[{'value':1},{}]}")) {
                var fault = assertThrows(Throwable.class, () -> read(Holder.class, json));
                assertTrue(!(fault instanceof HttpException), fault::toString);
            }
        }
    }

    // ---- whatever a client sends

    record Everything(
            long big,
            double real,
            Period period,
            Duration duration,
            Instant at,
            Set<Size> sizes,
            Map<Integer, Guest> byNumber,
            Object any,
            Optional<Payment> payment,
            List<Optional<Wrapped>> wrapped,
            Currency currency,
            Locale locale,
            byte[] bytes) {}

    private static final String EVERYTHING =
            "{'big':1,'real':0.5,'period':'P1D','duration':'PT1H','at':'2026-11-24T09:30:00Z','sizes':['SMALL'],"
                    + "'byNumber':{'1':" + GUEST + "},'any':{'a':[1]},'payment':{'type':'card','number':'1','month':2},"
                    + "'wrapped':[{'one':{'a':1,'b':2}}],'currency':'EUR','locale':'de','bytes':'YQ=='}";

    static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e308",
            "99999999999999999999999999",
            "1" + "0".repeat(299),
            "''",
            "'x'",
            "'P306783379W'",
            "'PT9999999999999999999H'",
            "'P99999999999999999999Y'",
            "'+999999999-12-31T23:59:59Z'",
            "'\\u0000'",
            "'" + "x".repeat(5000) + "'",
            "[]",
            "[[]]",
            "[null]",
            "[{}]",
            "{}",
            "{'':1}",
            "{'type':null}",
            "{'type':1}",
            "{'type':'card'}",
            "{'type':'cash','type2':1}",
            "{'one':null}",
            "{'one':{},'two':{}}",
            "{'1.5':{}}",
            "{'99999999999':" + GUEST + "}",
            "[".repeat(90) + "]".repeat(90),
            "{'a':".repeat(90) + "1" + "}".repeat(90));

    static List<Arguments> bodies() {
        return Stream.of(Everything.class.getRecordComponents())
                .map(component -> component.getName())
                .flatMap(name -> VALUES.stream().map(value -> Arguments.of(name, value)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aClientsJsonIsNeverAFaultOfOurs(String component, String value) {
        String good = EVERYTHING.replaceAll(".*'" + component + "':", "");
        String old = firstValue(good);
        String json = EVERYTHING.replace("'" + component + "':" + old, "'" + component + "':" + value);
        assertTrue(!json.equals(EVERYTHING) || old.equals(value), json);
        try {
            read(Everything.class, json);
        } catch (HttpException clients) {
            assertTrue(clients.status().code() == 400 || clients.status().code() == 422, clients::toString);
            assertTrue(
                    !clients.detail().contains("dev.bistro")
                            && !clients.detail().contains("java."),
                    clients.detail());
        } catch (RuntimeException ours) {
            fail(json, ours);
        }
    }

    /** The JSON value that a text begins with. */
    private static String firstValue(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = depth == 0 && (c == ',' || c == '}');
            if (ends) {
                return text.substring(0, i);
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
        return text;
    }

    /** There is no property that says the type, so that none can be named. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"other\":1}", "{\"name\":null}"})
    void aValueOfNoDeducedTypeIsTheClientsFault(String json) {
        var reader = new JsonCodec().reader(Deduced.class).orElseThrow();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThrows(UnfitBodyException.class, () -> reader.read(body, MediaType.JSON));
    }
}
