package dev.bistro.body.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.body.BodyReader;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {
    enum Color {
        RED,
        GREEN;

        @Override
        public String toString() {
            return "the color " + name();
        }
    }

    record Product(String name, BigDecimal price, int stock, Optional<String> note, Color color) {}

    record Order(List<Product> items, Map<String, Integer> counts) {}

    record Holder<T>(T value) {}

    record Point(int x, int y) {}

    record Percent(int value) {
        Percent {
            if (value > 100) {
                throw new IllegalArgumentException("wording of ours, for the client");
            }
            if (value == 42) {
                throw new ConflictException("42 is taken");
            }
            if (value == 13) {
                throw new IllegalStateException("a fault of ours");
            }
        }
    }

    record Percents(List<Percent> all) {}

    record Everything(
            long big,
            double real,
            boolean flag,
            Integer boxed,
            BigInteger integer,
            LocalDate date,
            Instant at,
            UUID id,
            URI link,
            Duration duration,
            int[] numbers,
            Map<String, Object> free) {}

    static final class Bean {
        public int number = 7;
        public String text = "default";
    }

    interface Shape {}

    record HasShape(Map<String, List<Shape>> shapes) {}

    record Tree(List<Tree> children) {}

    static final class NoCreator {
        NoCreator(int a, int b) {}
    }

    private static final String PRODUCT = "{'name':'Coffee','price':4.99,'stock':3,'color':'RED'}";
    private static final String EVERYTHING =
            "{'big':9007199254740993,'real':0.5,'flag':true,'boxed':1,'integer':12345678901234567890,"
                    + "'date':'2026-11-24','at':'2026-11-24T09:30:00Z','id':'123e4567-e89b-12d3-a456-426614174000',"
                    + "'link':'http://localhost/a','duration':'PT1H','numbers':[1,2],"
                    + "'free':{'a':null,'b':[1.10,null]}}";

    private final JsonCodec codec = new JsonCodec();

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private Object read(Type type, byte[] json) {
        return codec.reader(type).orElseThrow().read(json, MediaType.JSON);
    }

    private Object read(Type type, String json) {
        return read(type, bytes(json));
    }

    private static Type typeOf(String component) {
        record Types(
                List<Product> products,
                Map<String, Integer> counts,
                Map<String, Object> free,
                Optional<Point> point,
                Holder<List<Integer>> holder,
                Set<String> names) {}
        return Arrays.stream(Types.class.getRecordComponents())
                .filter(c -> c.getName().equals(component))
                .findFirst()
                .orElseThrow()
                .getGenericType();
    }

    // ---- accepted

    static List<Arguments> accepted() {
        var coffee = new Product("Coffee", new BigDecimal("4.99"), 3, Optional.empty(), Color.RED);
        return List.of(
                Arguments.of(Product.class, PRODUCT, coffee),
                Arguments.of(Product.class, " \t\r\n" + PRODUCT + "\r\n ", coffee),
                Arguments.of(Product.class, PRODUCT.replace("}", ",'note':null}"), coffee),
                Arguments.of(Product.class, PRODUCT.replace("}", ",'unknown':{'deep':[1,null]}}"), coffee),
                Arguments.of(
                        Product.class,
                        PRODUCT.replace("}", ",'note':'hot'}"),
                        new Product("Coffee", new BigDecimal("4.99"), 3, Optional.of("hot"), Color.RED)),
                Arguments.of(typeOf("products"), "[" + PRODUCT + "]", List.of(coffee)),
                Arguments.of(typeOf("products"), "[]", List.of()),
                Arguments.of(typeOf("counts"), "{'a':1}", Map.of("a", 1)),
                Arguments.of(typeOf("point"), "{'x':1,'y':2}", Optional.of(new Point(1, 2))),
                Arguments.of(typeOf("point"), "null", Optional.empty()),
                Arguments.of(typeOf("holder"), "{'value':[1,2]}", new Holder<>(List.of(1, 2))),
                Arguments.of(typeOf("names"), "['a','b','a']", Set.of("a", "b")),
                Arguments.of(Point.class, "{'y':2,'x':1}", new Point(1, 2)),
                Arguments.of(String.class, "''", ""),
                Arguments.of(String.class, "'\\u00e9\\ud83d\\ude00\\n'", "é😀\n"),
                Arguments.of(String.class, "'é😀 5e9999'", "é😀 5e9999"),
                Arguments.of(String.class, "'\\\\ud800'", "\\ud800"),
                Arguments.of(int.class, "-12", -12),
                Arguments.of(long.class, "9223372036854775807", Long.MAX_VALUE),
                Arguments.of(double.class, "1.7976931348623157e308", Double.MAX_VALUE),
                Arguments.of(double.class, "1e-320", 1e-320),
                Arguments.of(double.class, "3", 3.0),
                Arguments.of(boolean.class, "false", false),
                Arguments.of(BigDecimal.class, "29.990", new BigDecimal("29.990")),
                Arguments.of(
                        BigDecimal.class,
                        "0.1000000000000000055511151231257827",
                        new BigDecimal("0.1000000000000000055511151231257827")),
                Arguments.of(BigDecimal.class, "1e3", new BigDecimal("1E+3")),
                Arguments.of(
                        BigInteger.class,
                        "123456789012345678901234567890",
                        new BigInteger("123456789012345678901234567890")),
                Arguments.of(Color.class, "'GREEN'", Color.GREEN),
                Arguments.of(LocalDate.class, "'2026-11-24'", LocalDate.of(2026, 11, 24)),
                Arguments.of(LocalTime.class, "'09:30'", LocalTime.of(9, 30)),
                Arguments.of(LocalDateTime.class, "'2026-11-24T09:30'", LocalDateTime.of(2026, 11, 24, 9, 30)),
                Arguments.of(Instant.class, "'2026-11-24T09:30:00.5Z'", Instant.parse("2026-11-24T09:30:00.5Z")),
                Arguments.of(
                        OffsetDateTime.class,
                        "'2026-11-24T09:30:00+02:00'",
                        OffsetDateTime.parse("2026-11-24T09:30:00+02:00")),
                Arguments.of(YearMonth.class, "'2026-11'", YearMonth.of(2026, 11)),
                Arguments.of(Year.class, "2026", Year.of(2026)),
                Arguments.of(Duration.class, "'PT90S'", Duration.ofSeconds(90)),
                Arguments.of(Period.class, "'P1Y'", Period.ofYears(1)),
                Arguments.of(Locale.class, "'de-DE'", Locale.GERMANY),
                Arguments.of(
                        UUID.class,
                        "'123e4567-e89b-12d3-a456-426614174000'",
                        UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
                Arguments.of(
                        Object.class, "{'a':[1.10,true,'x']}", Map.of("a", List.of(new BigDecimal("1.10"), true, "x"))),
                Arguments.of(OptionalInt.class, "3", OptionalInt.of(3)),
                Arguments.of(Tree.class, "{'children':[{'children':[]}]}", new Tree(List.of(new Tree(List.of())))),
                Arguments.of(Percents.class, "{'all':[{'value':1}]}", new Percents(List.of(new Percent(1)))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void reads(Type type, String json, Object expected) {
        assertEquals(expected, read(type, json));
    }

    @Test
    void readsRecordOfManyTypes() {
        var all = assertInstanceOf(Everything.class, read(Everything.class, EVERYTHING));
        assertEquals(9007199254740993L, all.big());
        assertEquals(new BigInteger("12345678901234567890"), all.integer());
        assertEquals(URI.create("http://localhost/a"), all.link());
        assertEquals(2, all.numbers()[1]);
        assertTrue(all.free().containsKey("a"));
        assertEquals(Arrays.asList(new BigDecimal("1.10"), null), all.free().get("b"));
    }

    @Test
    void keepsNullsOfMapThatHoldsAnything() {
        var patch = assertInstanceOf(Map.class, read(typeOf("free"), "{'note':null}"));
        assertTrue(patch.containsKey("note"));
    }

    @Test
    void leavesWhatIsMissingOfBeanAsItsClassMadeIt() {
        var bean = assertInstanceOf(Bean.class, read(Bean.class, "{'number':1}"));
        assertEquals(1, bean.number);
        assertEquals("default", bean.text);
    }

    @Test
    void acceptsDepthUpToLimit() {
        assertInstanceOf(List.class, read(Object.class, "[".repeat(100) + "]".repeat(100)));
    }

    // ---- malformed: 400

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name:1}",
                "{''name'':1}",
                "{'name'}",
                "{'name':}",
                "{'name':1,}",
                "{,}",
                "{'name':1 'x':2}",
                "{'name' 1}",
                "[1,]",
                "[1 2]",
                "[,1]",
                "[",
                "]",
                "}",
                "{]",
                "tru",
                "TRUE",
                "nul",
                "None",
                "undefined",
                "NaN",
                "Infinity",
                "-Infinity",
                "'a",
                "'a\nb'",
                "'a\u0000b'",
                "'\\x'",
                "'\\u12'",
                "'\\u12g4'",
                "'\\ud800'",
                "'\\ud83dx'",
                "'\\ude00'",
                "'\\ud83d\\ud83d'",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "0x10",
                "1_000",
                "--1",
                "-",
                "1e400",
                "-1e400",
                "1e99999999",
                "1E-99999999",
                "0.1e+9999",
                "// c\n1",
                "/* c */ 1",
                "1 # c",
                "{} {}",
                "{}}",
                "1 2",
                "{'a':1,'a':2}",
                "{'a':{'b':1,'b':1}}",
                "\uFEFF{}"
            })
    void refusesMalformedWithLineAndColumn(String json) {
        var refused = assertThrows(BadRequestException.class, () -> read(Object.class, json), json);
        assertTrue(
                refused.detail().matches("[A-Za-z ,]+, at line \\d+, column \\d+|Malformed JSON, at .*"),
                refused.detail());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'a':1,\\n 'b':x}|Malformed JSON, at line 2, column 6",
                "{'a':1}x|Malformed JSON, at line 1, column 8",
                "{'a':1} {}|Something follows the JSON, at line 1, column 9",
                "{'a':1,'a':2}|The JSON has a property twice, at line 1, column 11",
                "{\\n\\n'a': '\\ud800'}|The JSON has half of a surrogate pair, at line 3, column 7",
                "[1,1e999]|The JSON has a number that is too large or too small, at line 1, column 4",
            })
    void tellsWhere(String json, String detail) {
        String text = json.replace("\\n", "\n");
        assertEquals(
                detail,
                assertThrows(BadRequestException.class, () -> read(Object.class, text))
                        .detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t"})
    void refusesNothing(String json) {
        var refused = assertThrows(BadRequestException.class, () -> read(Product.class, json));
        assertEquals("A JSON body is required", refused.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {PRODUCT, EVERYTHING})
    void refusesTruncatedAtEveryByte(String json) {
        byte[] whole = bytes(json);
        Class<?> type = json.equals(PRODUCT) ? Product.class : Everything.class;
        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThrows(
                    BadRequestException.class,
                    () -> read(type, truncated),
                    () -> new String(truncated, StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesTruncatedTextOfAnotherShape() {
        Type type = StackTraceElement.class;
        assertThrows(BadRequestException.class, () -> read(type, "'abc"));
        assertThrows(UnprocessableContentException.class, () -> read(type, "'abc'"));
    }

    @Test
    void refusesTruncatedTextOfSeveralBytes() {
        byte[] whole = bytes("['é€😀','\\ud83d\\ude00']");
        for (int length = 0; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThrows(BadRequestException.class, () -> read(Object.class, truncated));
        }
        assertEquals(List.of("é€😀", "😀"), read(Object.class, whole));
    }

    @Test
    void refusesAnyByteReplacedByControlCharacterInsideTokens() {
        byte[] whole = bytes(PRODUCT);
        for (int i = 0; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] = 1;
            var refused = assertThrows(HttpException.class, () -> read(Product.class, broken));
            assertEquals(400, refused.status().code());
        }
    }

    @Test
    void answersAnyDamageAsClientsFault() {
        byte[] whole = bytes(EVERYTHING);
        for (int i = 0; i < whole.length; i++) {
            for (char c : "\"\\{}[],:0e-.+ utx\u00e9".toCharArray()) {
                byte[] broken = whole.clone();
                broken[i] = (byte) c;
                try {
                    read(Everything.class, broken);
                } catch (BadRequestException | UnprocessableContentException expected) {
                    assertFalse(expected.detail().contains("dev.bistro"), expected.detail());
                }
            }
        }
    }

    @Test
    void refusesWhatIsNotUtf8() {
        int[][] malformed = {
            {0xC0, 0x80},
            {0xE0, 0x80, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xFF},
            {0x80},
            {0xE2, 0x82},
            {0xF0, 0x9F, 0x98}
        };
        for (int[] units : malformed) {
            byte[] json = new byte[units.length + 2];
            json[0] = '"';
            for (int i = 0; i < units.length; i++) {
                json[i + 1] = (byte) units[i];
            }
            json[json.length - 1] = '"';
            var refused =
                    assertThrows(BadRequestException.class, () -> read(String.class, json), Arrays.toString(units));
            assertEquals("The JSON isn't UTF-8, at line 1, column 2", refused.detail());
        }
        assertThrows(BadRequestException.class, () -> read(Object.class, "{}".getBytes(StandardCharsets.UTF_16LE)));
        assertThrows(BadRequestException.class, () -> read(Object.class, "{}".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void refusesWhatIsBeyondLimits() {
        for (String json : List.of("[".repeat(101), "[" + "1".repeat(301) + "]", "[".repeat(100_000))) {
            var refused = assertThrows(BadRequestException.class, () -> read(Object.class, json));
            assertTrue(
                    refused.detail()
                            .startsWith(
                                    "The JSON is nested too deep, or has a number or text that is too long, at line 1"),
                    refused.detail());
        }
    }

    @Test
    void refusesOtherCharsets() {
        BodyReader reader = codec.reader(Point.class).orElseThrow();
        byte[] json = bytes("{'x':1,'y':2}");
        assertEquals(new Point(1, 2), reader.read(json, MediaType.parse("application/json; charset=\"UTF-8\"")));
        assertThrows(
                UnsupportedMediaTypeException.class,
                () -> reader.read(json, MediaType.parse("application/json;charset=iso-8859-1")));
    }

    // ---- of another shape: 422

    static List<Arguments> unfit() {
        return List.of(
                product("4.99", "'4.99'", "/price", "expected a number, but was a string"),
                product("4.99", "true", "/price", "expected a number, but was true"),
                product("4.99", "null", "/price", "expected a number, but was null"),
                product("4.99", "[]", "/price", "expected a number, but was an array"),
                product("4.99", "[4.99]", "/price", "expected a number, but was an array"),
                product("4.99", "{}", "/price", "expected a number, but was an object"),
                product("4.99", "''", "/price", "expected a number, but was a string"),
                product("'Coffee'", "5", "/name", "expected a string, but was a number"),
                product("'Coffee'", "5.5", "/name", "expected a string, but was a number"),
                product("'Coffee'", "false", "/name", "expected a string, but was false"),
                product("'Coffee'", "null", "/name", "expected a string, but was null"),
                product("'Coffee'", "['Coffee']", "/name", "expected a string, but was an array"),
                product("'Coffee'", "{'a':1}", "/name", "expected a string, but was an object"),
                product("'name':'Coffee',", "", "/name", "is required"),
                product("'stock':3,", "", "/stock", "is required"),
                product(",'color':'RED'", "", "/color", "is required"),
                product("3", "null", "/stock", "expected a whole number, but was null"),
                product("3", "3.5", "/stock", "expected a whole number, but was 3.5"),
                product("3", "3.0", "/stock", "expected a whole number, but was 3.0"),
                product("3", "'3'", "/stock", "expected a whole number, but was a string"),
                product("3", "2147483648", "/stock", "is too large or too small: 2147483648"),
                product("3", "-99999999999999999999", "/stock", "is too large or too small: -99999999999999999999"),
                product("'RED'", "'BLUE'", "/color", "expected one of \"RED\", \"GREEN\", but was \"BLUE\""),
                product("'RED'", "'red'", "/color", "expected one of \"RED\", \"GREEN\", but was \"red\""),
                product("'RED'", "''", "/color", "expected one of \"RED\", \"GREEN\", but was \"\""),
                product("'RED'", "0", "/color", "expected one of \"RED\", \"GREEN\", but was a number"),
                product("'RED'", "null", "/color", "expected one of \"RED\", \"GREEN\", but was null"),
                everything("true", "1", "/flag", "expected true or false, but was a number"),
                everything("true", "'true'", "/flag", "expected true or false, but was a string"),
                everything("'boxed':1", "'boxed':'1'", "/boxed", "expected a whole number, but was a string"),
                everything("'boxed':1", "'boxed':null", "/boxed", "expected a whole number, but was null"),
                everything("'boxed':1", "'boxed':99999999999", "/boxed", "is too large or too small: 99999999999"),
                everything(
                        "9007199254740993",
                        "99999999999999999999",
                        "/big",
                        "is too large or too small: 99999999999999999999"),
                everything("12345678901234567890", "1.5", "/integer", "expected a whole number, but was 1.5"),
                everything("0.5", "'NaN'", "/real", "expected a number, but was a string"),
                everything(
                        "'2026-11-24',",
                        "'tomorrow',",
                        "/date",
                        "expected a date like \"2026-11-24\", but was \"tomorrow\""),
                everything(
                        "'2026-11-24',",
                        "'2026-02-30',",
                        "/date",
                        "expected a date like \"2026-11-24\", but was \"2026-02-30\""),
                everything(
                        "'2026-11-24',",
                        "'2026-11-24T09:30:00Z',",
                        "/date",
                        "expected a date like \"2026-11-24\", but was \"2026-11-24T09:30:00Z\""),
                everything(
                        "'2026-11-24',",
                        "[2026,11,24],",
                        "/date",
                        "expected a date like \"2026-11-24\", but was an array"),
                everything("'2026-11-24',", "20000,", "/date", "expected a date like \"2026-11-24\", but was a number"),
                everything("'2026-11-24',", "'',", "/date", "expected a date like \"2026-11-24\", but was \"\""),
                everything(
                        "'2026-11-24T09:30:00Z'",
                        "1764000000",
                        "/at",
                        "expected a date and time with its offset, like \"2026-11-24T09:30:00Z\", but was a number"),
                everything(
                        "'2026-11-24T09:30:00Z'",
                        "'1764000000'",
                        "/at",
                        "expected a date and time with its offset, like \"2026-11-24T09:30:00Z\","
                                + " but was \"1764000000\""),
                everything("'PT1H'", "5", "/duration", "expected a duration like \"PT1H30M\", but was a number"),
                everything(
                        "'PT1H'",
                        "'an hour'",
                        "/duration",
                        "expected a duration like \"PT1H30M\", but was \"an hour\""),
                everything("123e4567-e89b", "x", "/id", "expected a UUID, but was \"x-12d3-a456-426614174000\""),
                everything("http://localhost/a", ":: ::", "/link", "expected a URI, but was \":: ::\""),
                everything("[1,2]", "[1,'2']", "/numbers/1", "expected a whole number, but was a string"),
                everything("[1,2]", "[1,null]", "/numbers/1", "expected a whole number, but was null"),
                everything("[1,2]", "5", "/numbers", "expected an array, but was a number"),
                everything("{'a':null,'b':[1.10,null]}", "[]", "/free", "expected an object, but was an array"),
                order("'items':[]", "'items':{}", "/items", "expected an array, but was an object"),
                order("'items':[]", "'items':null", "/items", "expected an array, but was null"),
                order("'items':[]", "'items':[null]", "/items/0", "expected an object, but was null"),
                order(
                        "'items':[]",
                        "'items':[" + PRODUCT + "," + PRODUCT.replace("'name':'Coffee',", "") + "]",
                        "/items/1/name",
                        "is required"),
                order(
                        "'items':[]",
                        "'items':[" + PRODUCT.replace("4.99", "'x'") + "]",
                        "/items/0/price",
                        "expected a number, but was a string"),
                order(
                        "'counts':{}",
                        "'counts':{'a/b~c':'1'}",
                        "/counts/a~1b~0c",
                        "expected a whole number, but was a string"),
                order("'counts':{}", "'counts':{'':null}", "/counts/", "expected a whole number, but was null"),
                order("'counts':{}", "'counts':[1]", "/counts", "expected an object, but was an array"),
                Arguments.of(Product.class, "[]", "", "expected an object, but was an array"),
                Arguments.of(Product.class, "5", "", "expected an object, but was a number"),
                Arguments.of(Product.class, "''", "", "expected an object, but was a string"),
                Arguments.of(Product.class, "'x'", "", "expected an object, but was a string"),
                Arguments.of(Product.class, "null", "", "expected an object, but was null"),
                Arguments.of(Product.class, "true", "", "expected an object, but was true"),
                Arguments.of(typeOf("products"), PRODUCT, "", "expected an array, but was an object"),
                Arguments.of(typeOf("products"), "[1]", "/0", "expected an object, but was a number"),
                Arguments.of(typeOf("counts"), "{'a':null}", "/a", "expected a whole number, but was null"),
                Arguments.of(typeOf("names"), "[null]", "/0", "expected a string, but was null"),
                Arguments.of(int.class, "null", "", "expected a whole number, but was null"),
                Arguments.of(int.class, "'5'", "", "expected a whole number, but was a string"),
                Arguments.of(Object.class, "null", "", "expected an object, but was null"),
                Arguments.of(Bean.class, "{'text':null}", "/text", "expected a string, but was null"),
                Arguments.of(Bean.class, "{'number':null}", "/number", "expected a whole number, but was null"),
                Arguments.of(Locale.class, "5", "", "expected another text, but was a number"),
                Arguments.of(Percent.class, "{'value':101}", "", "wording of ours, for the client"),
                Arguments.of(
                        Percents.class,
                        "{'all':[{'value':1},{'value':101}]}",
                        "/all/1",
                        "wording of ours, for the client"));
    }

    private static Arguments product(String good, String bad, String pointer, String detail) {
        return Arguments.of(Product.class, PRODUCT.replace(good, bad), pointer, detail);
    }

    private static Arguments everything(String good, String bad, String pointer, String detail) {
        return Arguments.of(Everything.class, EVERYTHING.replace(good, bad), pointer, detail);
    }

    private static Arguments order(String good, String bad, String pointer, String detail) {
        return Arguments.of(Order.class, "{'items':[],'counts':{}}".replace(good, bad), pointer, detail);
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void refusesWhatDoesNotFitWithPointer(Type type, String json, String pointer, String detail) {
        var refused = assertThrows(UnprocessableContentException.class, () -> read(type, json), json);
        assertEquals(List.of(new InvalidValue(InvalidValue.In.BODY, pointer, detail)), refused.errors());
        assertEquals(
                "The body doesn't fit" + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + detail, refused.detail());
    }

    @Test
    void shortensWhatItShows() {
        var refused = assertThrows(HttpException.class, () -> read(LocalDate.class, "'" + "x".repeat(1000) + "'"));
        assertTrue(refused.detail().endsWith("but was \"" + "x".repeat(40) + "…\""), refused.detail());
        refused = assertThrows(HttpException.class, () -> read(LocalDate.class, "'x" + "😀".repeat(50) + "'"));
        assertTrue(refused.detail().endsWith("but was \"x" + "😀".repeat(39) + "…\""), refused.detail());
    }

    @Test
    void givesWhatConstructorThrewForTheClient() {
        var conflict = assertThrows(ConflictException.class, () -> read(Percents.class, "{'all':[{'value':42}]}"));
        assertEquals("42 is taken", conflict.detail());
    }

    @Test
    void givesFaultInConstructorWithItsCause() {
        var fault = assertThrows(RuntimeException.class, () -> read(Percent.class, "{'value':13}"));
        assertFalse(fault instanceof HttpException);
        assertEquals("a fault of ours", fault.getCause().getMessage());
    }

    // ---- what can't be read at all

    @ParameterizedTest
    @ValueSource(
            classes = {
                Shape.class,
                HasShape.class,
                NoCreator.class,
                Runnable.class,
                java.io.InputStream.class,
                Shape[].class
            })
    void hasNoReaderForWhatCannotBeMade(Class<?> type) {
        assertSame(Optional.empty(), codec.reader(type));
    }
}
