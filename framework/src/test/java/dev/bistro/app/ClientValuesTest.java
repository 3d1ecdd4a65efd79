package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.wire.FrameClient;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a client sends, and whatever the code that makes a value of it throws: the client's fault is never a 500,
 * and the server's always is.
 */
@Timeout(60)
class ClientValuesTest {
    /** What there is to throw, by the texts that ask for it; null for no exception. */
    enum Throws {
        ILLEGAL(400, new IllegalArgumentException("secret")),
        NUMBER(400, new NumberFormatException("secret")),
        DATE(400, new DateTimeException("secret")),
        ARITHMETIC(400, new ArithmeticException("secret")),
        INDEX(400, new ArrayIndexOutOfBoundsException("secret")),
        TEXT_INDEX(400, new StringIndexOutOfBoundsException("secret")),
        MISSING(400, new java.util.NoSuchElementException("secret")),
        SIZE(400, new NegativeArraySizeException("secret")),
        BUFFER(400, new java.nio.BufferUnderflowException()),
        NULL(500, new NullPointerException("secret")),
        STATE(500, new IllegalStateException("secret")),
        IO(500, new UncheckedIOException(new IOException("secret"))),
        MEMORY(500, new OutOfMemoryError("secret")),
        STACK(500, new StackOverflowError());

        final int status;
        final Throwable thrown;

        Throws(int status, Throwable thrown) {
            this.status = status;
            this.thrown = thrown;
            thrown.setStackTrace(new StackTraceElement[0]);
        }

        /** Throws what the text asks for; goes on if it asks for nothing. */
        static void ifTold(String text) {
            for (Throws one : values()) {
                if (one.name().equals(text)) {
                    one.rise();
                }
            }
        }

        private void rise() {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    record ByConverter(String text) {}

    static final class TheConverter implements Converter<ByConverter> {
        @Override
        public ByConverter convert(String text) {
            Throws.ifTold(text);
            return new ByConverter(text);
        }
    }

    static final class ByMethod {
        private ByMethod() {}

        public static ByMethod parse(String text) throws ParseException {
            if (text.equals("CHECKED")) {
                throw new ParseException("secret", 0);
            }
            Throws.ifTold(text);
            return new ByMethod();
        }
    }

    record ByConstructor(String text) {
        ByConstructor {
            Throws.ifTold(text);
        }
    }

    record Bean(String a, String b) {
        Bean {
            Throws.ifTold(a);
        }
    }

    record Change(
            @IfMatch ByMethod version, @QueryParam("n") Optional<Integer> number) {}

    record Long7(@IfMatch long version, @BeanParam Bean bean) {}

    record ReadByCodec(String text) {}

    static final class Codec implements BodyCodec {
        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.parse("text/x-values"), MediaType.parse("application/json"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return type != ReadByCodec.class
                    ? Optional.empty()
                    : Optional.of((body, mediaType) -> {
                        String text = new String(body, StandardCharsets.UTF_8);
                        Throws.ifTold(text);
                        if (text.equals("why")) {
                            throw new IllegalArgumentException("line 1 has no price");
                        }
                        return new ReadByCodec(text);
                    });
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return Optional.empty();
        }
    }

    @Route("/")
    static final class Values {
        @Get("/query")
        String query(
                @QueryParam("a") Optional<ByConverter> a,
                @QueryParam("b") Optional<ByMethod> b,
                @QueryParam("c") Optional<ByConstructor> c,
                @QueryParam("p") Optional<Period> p) {
            return "ok";
        }

        @Get("/many")
        String many(
                @QueryParam("a") List<ByConverter> a,
                @QueryParam("b") ByMethod[] b,
                @QueryParam("c") List<ByConstructor> c) {
            return "ok";
        }

        @Get("/path/a/{v}")
        String pathA(ByConverter v) {
            return "ok";
        }

        @Get("/path/b/{v}")
        String pathB(ByMethod v) {
            return "ok";
        }

        @Get("/path/c/{v}")
        String pathC(ByConstructor v) {
            return "ok";
        }

        @Get("/header")
        String header(
                @HeaderParam("a") Optional<ByConverter> a,
                @HeaderParam("b") Optional<ByMethod> b,
                @HeaderParam("c") Optional<ByConstructor> c) {
            return "ok";
        }

        @Get("/cookie")
        String cookie(
                @CookieParam("a") Optional<ByConverter> a,
                @CookieParam("b") Optional<ByMethod> b,
                @CookieParam("c") Optional<ByConstructor> c) {
            return "ok";
        }

        @Post("/form")
        String form(
                @FormParam("a") Optional<ByConverter> a,
                @FormParam("b") Optional<ByMethod> b,
                @FormParam("c") Optional<ByConstructor> c) {
            return "ok";
        }

        @Get("/bean")
        String bean(@BeanParam Bean bean) {
            return "ok";
        }

        @Post("/formbean")
        String formBean(@FormParam Bean bean) {
            return "ok";
        }

        @Put("/version")
        String version(@IfMatch ByMethod version) {
            return "ok";
        }

        @Put("/versionbean")
        String versionBean(@BeanParam Change change) {
            return "ok";
        }

        @Put("/nested")
        String nested(@BeanParam Long7 change) {
            return "ok";
        }

        @Post("/codec")
        @Consumes("text/x-values")
        String codec(ReadByCodec body) {
            return "ok";
        }

        @Post("/optional")
        String optional(@Body Optional<ReadByCodec> body) {
            return body.map(ReadByCodec::text).orElse("none");
        }

        @Get("/languages")
        String languages(
                @HeaderParam("Accept-Language") Optional<Locale> one,
                @HeaderParam("accept-language") List<Locale> all,
                @HeaderParam Locale[] acceptLanguage) {
            return one + " " + all + " " + acceptLanguage.length;
        }

        @Post("/checkbox")
        String checkbox(
                @FormParam boolean gift,
                @FormParam Optional<Boolean> wrapped,
                @FormParam("due") Optional<LocalDate> due) {
            return gift + " " + wrapped + " " + due;
        }

        @Post("/bytes")
        int bytes(@Body byte[] body) {
            return body.length;
        }

        @Post("/octets")
        @Consumes("application/octet-stream")
        int octets(@Body byte[] body) {
            return body.length;
        }

        @Post("/maybe")
        String maybe(@Body Optional<byte[]> body) {
            return "" + body.map(bytes -> bytes.length);
        }

        @Post("/stream")
        @Consumes("application/octet-stream")
        int stream(InputStream body) throws IOException {
            return body.readAllBytes().length;
        }

        @Post("/png")
        @Consumes("image/png")
        int png(@Body byte[] body) {
            return body.length;
        }

        @Post("/text")
        String text(@Body String body) {
            return body;
        }

        @Post("/json")
        String json(@Body List<String> body) {
            return body.get(0);
        }

        @Post("/either")
        @Consumes("application/json")
        String either(@Body List<String> body) {
            return "json";
        }

        @Post("/either")
        @Consumes("application/octet-stream")
        String either(InputStream body) {
            return "octets";
        }

        @Get("/checkbox")
        String checked(boolean gift) {
            return "" + gift;
        }
    }

    @WebSocket("/socket/{v}")
    static final class Socket {
        @OnMessage
        String message(ReadByCodec body, ByConverter v) {
            return "ok";
        }
    }

    private static Server server;

    @BeforeAll
    static void start() {
        server = Bistro.app(ClientValuesTest.class)
                .classes(Values.class, Socket.class, TheConverter.class, Codec.class)
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    private static String send(String line, String fields, String body) throws IOException {
        return RawClient.exchange(
                address(),
                line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields
                        + (body == null ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n"
                        + (body == null ? "" : body));
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";
    private static final String CODEC = "Content-Type: text/x-values\r\n";

    private record Place(String line, String fields, String body, boolean isVersion) {
        Place(String line, String fields, String body) {
            this(line, fields, body, false);
        }

        String send(String text) throws IOException {
            return ClientValuesTest.send(
                    line.replace("$", text), fields.replace("$", text), body == null ? null : body.replace("$", text));
        }
    }

    private static final List<Place> PLACES = Stream.of(
                    Stream.of("a", "b", "c")
                            .flatMap(by -> Stream.of(
                                    new Place("GET /query?" + by + "=$", "", null),
                                    new Place("GET /many?" + by + "=x&" + by + "=$", "", null),
                                    new Place("GET /path/" + by + "/$", "", null),
                                    new Place("GET /header", by + ": $\r\n", null),
                                    new Place("GET /cookie", "Cookie: " + by + "=$\r\n", null),
                                    new Place("POST /form", FORM, by + "=$"),
                                    new Place(
                                            "POST /form",
                                            MULTIPART,
                                            "--b\r\nContent-Disposition: form-data; name=\"" + by
                                                    + "\"\r\n\r\n$\r\n--b--\r\n"))),
                    Stream.of(
                            new Place("GET /bean?a=$&b=x", "", null),
                            new Place("POST /formbean", FORM, "a=$&b=x"),
                            new Place("PUT /nested?a=$&b=x", "If-Match: \"7\"\r\n", null),
                            new Place("PUT /version", "If-Match: \"$\"\r\n", null, true),
                            new Place("PUT /versionbean", "If-Match: \"$\"\r\n", null, true),
                            new Place("POST /codec", CODEC, "$"),
                            new Place("POST /optional", CODEC, "$")))
            .flatMap(places -> places)
            .toList();

    @TestFactory
    Stream<DynamicTest> whatIsThrownOfAValueIsTheClientsFaultAndNothingElseIs() {
        return PLACES.stream()
                .flatMap(place -> Arrays.stream(Throws.values())
                        .map(thrown -> DynamicTest.dynamicTest(
                                thrown + " by " + place.line + " " + place.fields.strip(), () -> {
                                    String answer = place.send(thrown.name());
                                    int expected = place.isVersion && thrown.status == 400 ? 412 : thrown.status;
                                    assertEquals(expected, status(answer), answer);
                                    assertFalse(answer.contains("secret"), answer);
                                    assertEquals(200, status(place.send("fine")));
                                })));
    }

    @TestFactory
    Stream<DynamicTest> aMessageThatCannotBeReadClosesTheSessionWithTheRightCode() {
        return Arrays.stream(Throws.values())
                .map(thrown -> DynamicTest.dynamicTest(thrown.name(), () -> {
                    try (var client = new FrameClient(address(), "/socket/x")) {
                        client.send(frame(thrown.name()));
                        byte[] close = client.readFrame().payload();
                        assertEquals(thrown.status == 400 ? 1007 : 1011, (close[0] & 0xFF) << 8 | close[1] & 0xFF);
                    }
                    assertEquals(thrown.status, status(send("GET /socket/" + thrown.name(), SOCKET, null)));
                }));
    }

    /** A text message in a frame with a mask of zeros. */
    private static byte[] frame(String message) {
        byte[] payload = message.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) 0x81)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private static final String SOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @Test
    void aCheckedExceptionOfAStaticMethodIsTheClientsFaultToo() throws IOException {
        assertEquals(400, status(send("GET /query?b=CHECKED", "", null)));
        assertEquals(412, status(send("PUT /version", "If-Match: \"CHECKED\"\r\n", null)));
    }

    @Test
    void aPeriodThatIsTooLongIsABadRequest() throws IOException {
        String answer = send("GET /query?p=P306783379W", "", null);
        assertEquals(400, status(answer));
        assertTrue(answer.contains("expected a period such as P1Y2M3D, but was \\\"P306783379W\\\""), answer);
    }

    @Test
    void aVersionThatIsMissingInARecordIsToldAsSuch() throws IOException {
        assertEquals(428, status(send("PUT /nested?a=x&b=x", "", null)));
        assertEquals(428, status(send("PUT /nested?a=x&b=x", "If-Match: *\r\n", null)));
        assertEquals(412, status(send("PUT /nested?a=x&b=x", "If-Match: \"x\"\r\n", null)));
        assertEquals(412, status(send("PUT /nested?a=x&b=x", "If-Match: W/\"7\"\r\n", null)));
        assertEquals(400, status(send("PUT /nested?a=x&b=x", "If-Match: \"7\", \"8\"\r\n", null)));
        assertEquals(400, status(send("PUT /nested?a=x&b=x", "If-Match: 7\r\n", null)));
        assertEquals(200, status(send("PUT /nested?a=x&b=x", "If-Match: \"7\"\r\n", null)));
    }

    @Test
    void whatACodecSaysInItsOwnWordsReachesTheClient() throws IOException {
        String answer = send("POST /codec", CODEC, "why");
        assertEquals(400, status(answer));
        assertTrue(answer.contains("The body can't be read as text/x-values: line 1 has no price"), answer);
    }

    @Test
    void anOptionalBodyIsEmptyWithoutABody() throws IOException {
        assertEquals("none", body(send("POST /optional", "", "")));
        assertEquals("none", body(send("POST /optional", "", null)));
        assertEquals("none", body(send("POST /optional", CODEC, "")));
        assertEquals("none", body(send("POST /optional", "Content-Type: text/plain;charset=UTF-8\r\n", "")));
        assertEquals("x", body(send("POST /optional", CODEC, "x")));
        assertEquals(415, status(send("POST /optional", "Content-Type: image/png\r\n", "x")));
        assertEquals(415, status(send("POST /optional", "", "x")));
    }

    @Test
    void bindsTheLanguagesOfRealBrowsersInTheOrderOfTheirWeight() throws IOException {
        String field = "Accept-Language: en;q=0.8, de-CH,de;q=0.9,*;q=0.1,fr;q=0\r\n";
        assertEquals("Optional[de_CH] [de_CH, de, en] 3", body(send("GET /languages", field, null)));
        assertEquals("Optional.empty [] 0", body(send("GET /languages", "", null)));
        assertEquals("Optional.empty [] 0", body(send("GET /languages", "Accept-Language: *\r\n", null)));
        assertEquals("Optional.empty [] 0", body(send("GET /languages", "Accept-Language:\r\n", null)));
        assertEquals(400, status(send("GET /languages", "Accept-Language: not_a_tag\r\n", null)));
    }

    @Test
    void aCheckboxIsTrueWhereItIsTickedAndFalseWhereItIsNot() throws IOException {
        assertEquals(
                "true Optional[true] Optional.empty", body(send("POST /checkbox", FORM, "gift=on&wrapped=on&due=")));
        assertEquals("false Optional.empty Optional.empty", body(send("POST /checkbox", FORM, "x=1")));
        assertEquals(
                "false Optional[false] Optional.empty",
                body(send("POST /checkbox", FORM, "gift=&wrapped=false&due=+")));
        assertEquals(400, status(send("POST /checkbox", FORM, "gift=off")));
        assertEquals("true", body(send("GET /checkbox?gift=on", "", null)));
        assertEquals(400, status(send("GET /checkbox", "", null)));
        assertEquals(400, status(send("GET /checkbox?gift", "", null)));
    }

    @Test
    void bytesOfWhichNobodyKnowsWhatTheyAreAreOctets() throws IOException {
        assertEquals("3", body(send("POST /bytes", "", "abc")));
        assertEquals("3", body(send("POST /octets", "", "abc")));
        assertEquals("0", body(send("POST /octets", "", "")));
        assertEquals("Optional[3]", body(send("POST /maybe", "", "abc")));
        assertEquals("Optional.empty", body(send("POST /maybe", "", "")));
        assertEquals("3", body(send("POST /stream", "", "abc")));
        assertEquals("octets", body(send("POST /either", "", "abc")));
        assertEquals("json", body(send("POST /either", "Content-Type: application/json\r\n", "[]")));
        assertEquals(415, status(send("POST /png", "", "abc")));
        assertEquals(415, status(send("POST /text", "", "abc")));
        assertEquals(415, status(send("POST /json", "", "[]")));
        assertEquals(415, status(send("POST /bytes", "Content-Type: x\r\n", "abc")));
    }

    @Test
    void aCharsetIsKnownByAnyOfItsNames() throws IOException {
        for (String charset : List.of("utf-8", "UTF-8", "UTF8", "\"utf-8\"", "\"UTF8\"", "utf8")) {
            assertEquals("\u00c3\u00a9", body(send("POST /json", json(charset), "[\"\u00c3\u00a9\"]")), charset);
            assertEquals("\u00c3\u00a9", body(send("POST /text", text(charset), "\u00c3\u00a9")), charset);
        }
        for (String charset : List.of("latin1", "ISO-8859-1", "iso_8859_1", "l1")) {
            assertEquals("\u00c3\u00a9", body(send("POST /text", text(charset), "\u00e9")), charset);
            assertEquals(415, status(send("POST /json", json(charset), "[\"a\"]")), charset);
        }
        for (String charset : List.of("none", "utf-16", "windows-1252", "\"\"", "\"a b\"", "x".repeat(300))) {
            assertEquals(415, status(send("POST /text", text(charset), "a")), charset);
            assertEquals(415, status(send("POST /json", json(charset), "[\"a\"]")), charset);
        }
    }

    private static String json(String charset) {
        return "Content-Type: application/json;charset=" + charset + "\r\n";
    }

    private static String text(String charset) {
        return "Content-Type: text/plain; charset=" + charset + "\r\n";
    }
}
