package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http1.Http1Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1.1 as it goes over a socket. */
class Http1WireTest {
    private static final int LARGE = 3_000_000;
    private static EngineServer server;

    @BeforeAll
    static void start() throws IOException {
        server = EngineServer.builder()
                .at("/", request -> EngineServer.text(Status.OK, "hello"))
                .at("/echo", Http1WireTest::echo)
                .at("/large", request -> EngineServer.text(Status.OK, "x".repeat(LARGE)))
                .at("/204", request -> Response.of(Status.NO_CONTENT, Headers.empty(), Payload.NONE))
                .at("/304", request -> Response.of(Status.NOT_MODIFIED, Headers.of("ETag", "\"a\""), Payload.NONE))
                .at("/ours", Http1WireTest::withFramingOfItsOwn)
                .at("/fails", request -> {
                    throw new IllegalStateException("secret");
                })
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response<Payload> echo(ServerRequest request) {
        return EngineServer.text(
                Status.OK, request.method() + " " + new String(request.body(), StandardCharsets.ISO_8859_1));
    }

    private static Response<Payload> withFramingOfItsOwn(ServerRequest request) {
        return EngineServer.text(Status.OK, "12345")
                .withHeader("Content-Length", "3")
                .withHeader("Transfer-Encoding", "chunked")
                .withHeader("Connection", "close");
    }

    private static String exchange(String request) throws IOException {
        return RawClient.exchange(server.address(), request.replace("~", "\r\n"));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void answersWithStatusDateLengthAndBody() throws IOException {
        String response = exchange("GET / HTTP/1.1~Host: a~Connection: close~~");
        assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
        assertTrue(response.contains("\r\nContent-Length: 5\r\n"), response);
        assertTrue(response.contains("\r\nConnection: close\r\n"), response);
        assertEquals("hello", body(response));
        String date = response.replaceAll("(?s).*\r\nDate: ([^\r]*)\r\n.*", "$1");
        Instant sent =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertTrue(Duration.between(sent, Instant.now()).abs().toSeconds() < 60, date);
    }

    @Test
    void keepsAConnectionOfHttp11Open() throws IOException {
        try (var client = new RawClient(server.address())) {
            for (int i = 0; i < 3; i++) {
                String response =
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse();
                assertFalse(response.contains("Connection:"), response);
                assertEquals("hello", body(response));
            }
        }
    }

    @Test
    void closesAConnectionOfHttp10UnlessAskedToKeepIt() throws IOException {
        assertTrue(exchange("GET / HTTP/1.0~~").contains("\r\nConnection: close\r\n"));
        try (var client = new RawClient(server.address())) {
            String request = "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
            assertTrue(client.send(request).readResponse().contains("\r\nConnection: keep-alive\r\n"));
            assertEquals("hello", body(client.send(request).readResponse()));
        }
    }

    @ParameterizedTest
    @CsvSource({"close", "Close", "'foo, close'", "'close , foo'"})
    void closesWhereTheClientAsksForIt(String connection) throws IOException {
        String response = exchange("GET / HTTP/1.1~Host: a~Connection: " + connection + "~~GET / HTTP/1.1~Host: a~~");
        assertEquals(1, response.split("HTTP/1.1 200", -1).length - 1, response);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        var requests = new StringBuilder();
        IntStream.range(0, 500)
                .forEach(i -> requests.append("POST /echo HTTP/1.1~Host: a~Content-Length: 4~~" + (1000 + i)));
        requests.append("GET / HTTP/1.1~Host: a~Connection: close~~");
        String response = exchange(requests.toString());
        var bodies = response.replaceAll("(?s)HTTP/1.1 200 OK.*?\r\n\r\n", "|");
        var expected = new StringBuilder();
        IntStream.range(0, 500).forEach(i -> expected.append("|POST ").append(1000 + i));
        assertEquals(expected + "|hello", bodies);
    }

    @Test
    @NotOverTls
    void answersPipelinedRequestsForMoreThanTheClientTakesAtOnce() throws IOException {
        String response =
                exchange("GET /large HTTP/1.1~Host: a~~".repeat(20) + "GET / HTTP/1.1~Host: a~Connection: close~~");
        assertEquals(20, response.split("HTTP/1.1 200 OK\r\n(?s:.*?)\r\n\r\nx{" + LARGE + "}", -1).length - 1);
        assertTrue(response.endsWith("\r\n\r\nhello"));
    }

    @Test
    void answersHeadWithTheHeadersOfGetAndNoBody() throws IOException {
        String get = exchange("GET / HTTP/1.1~Host: a~Connection: close~~");
        String head = exchange("HEAD / HTTP/1.1~Host: a~Connection: close~~");
        assertEquals(withoutDate(get).replace("hello", ""), withoutDate(head));
    }

    private static String withoutDate(String response) {
        return response.replaceAll("Date: [^\r]*\r\n", "");
    }

    @Test
    void readsBodiesOfALengthAndInChunks() throws IOException {
        assertEquals(
                "POST hello", body(exchange("POST /echo HTTP/1.1~Host: a~Connection: close~Content-Length: 5~~hello")));
        assertEquals(
                "PUT hello world",
                body(exchange("PUT /echo HTTP/1.1~Host: a~Connection: close~Transfer-Encoding: chunked~~"
                        + "5~hello~6~ world~0~~")));
        assertEquals("GET x", body(exchange("GET /echo HTTP/1.1~Host: a~Connection: close~Content-Length: 1~~x")));
    }

    @Test
    void readsARequestSentByteByByte() throws IOException {
        String request = "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n0\r\n\r\n";
        try (var client = new RawClient(server.address())) {
            for (char c : request.toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertEquals("POST hello", body(client.readToEnd()));
        }
    }

    @Test
    void readsALargeBody() throws IOException {
        String large = "y".repeat(1_500_000);
        assertEquals(
                "POST " + large,
                body(exchange("POST /echo HTTP/1.1~Host: a~Connection: close~Content-Length: 1500000~~" + large)));
    }

    @Test
    void sendsContinueWhenTheBodyWillBeRead() throws IOException {
        try (var client = new RawClient(server.address())) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readHead());
            assertEquals("POST hello", body(client.send("hello").readResponse()));
        }
    }

    @Test
    void sendsAFinalStatusInsteadOfContinueWhenTheBodyWillNotBeRead() throws IOException {
        String expecting = " HTTP/1.1~Host: a~Expect: 100-continue~Content-Length: ";
        assertTrue(exchange("POST /unknown" + expecting + "5~~").startsWith("HTTP/1.1 404 "));
        assertTrue(exchange("POST /echo" + expecting + "99999999~~").startsWith("HTTP/1.1 413 "));
        assertTrue(exchange("POST /echo HTTP/1.1~Host: a~Expect: tea~Content-Length: 5~~")
                .startsWith("HTTP/1.1 417 "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GARBAGE~~ => 400",
                "GET / HTTP/1.1~~ => 400",
                "GET / HTTP/1.1~Host: a~Bad Name: x~~ => 400",
                "POST / HTTP/1.1~Host: a~Content-Length: x~~ => 400",
                "POST / HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~0~~ => 400",
                "POST /echo HTTP/1.1~Host: a~Transfer-Encoding: chunked~~nonsense~~ => 400",
                "POST /echo HTTP/1.1~Host: a~Content-Length: 2097153~~ => 413",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~ => 501",
                "CONNECT a:80 HTTP/1.1~Host: a~~ => 501",
                "GET / HTTP/2.0~Host: a~~ => 505",
            })
    void rejectsAndCloses(String request, int status) throws IOException {
        String response = exchange("GET / HTTP/1.1~Host: a~~" + request + "GET / HTTP/1.1~Host: a~~");
        assertTrue(response.startsWith("HTTP/1.1 200 OK"), response);
        String second = response.substring(response.indexOf("hello") + 5);
        assertTrue(second.startsWith("HTTP/1.1 " + status + " "), second);
        assertTrue(second.contains("\r\nConnection: close\r\n"), second);
        assertFalse(second.contains("hello"), "nothing behind a bad request is read: " + second);
    }

    @Test
    void rejectsAHeadRequestWithoutABody() throws IOException {
        String response = exchange("HEAD / HTTP/1.1~Host: a b~~");
        assertTrue(response.startsWith("HTTP/1.1 400 "), response);
        assertTrue(response.endsWith("\r\n\r\n"), response);
    }

    @Test
    void limitsTargetAndHead() throws IOException {
        assertTrue(exchange("GET /" + "a".repeat(9_000) + " HTTP/1.1~Host: a~~").startsWith("HTTP/1.1 414 "));
        assertTrue(
                exchange("GET / HTTP/1.1~Host: a~" + "A: b~".repeat(101) + "~").startsWith("HTTP/1.1 431 "));
        assertTrue(exchange("GET / HTTP/1.1~Host: a~A: " + "b".repeat(20_000) + "~~")
                .startsWith("HTTP/1.1 431 "));
        assertTrue(exchange("GET / HTTP/1.1~Host: a~" + ("A: " + "b".repeat(10_000) + "~").repeat(4) + "~")
                .startsWith("HTTP/1.1 431 "));
    }

    @Test
    void letsTheClientReadTheErrorOfABodyThatIsTooLarge() throws IOException {
        String response = exchange("POST /echo HTTP/1.1~Host: a~Content-Length: 3000000~~" + "x".repeat(3_000_000));
        assertTrue(response.startsWith("HTTP/1.1 413 "), response);
    }

    @Test
    void passesOverTheBodyOfARequestThatNobodyWantsItOf() throws IOException {
        String response = exchange("POST /unknown HTTP/1.1~Host: a~Content-Length: 5~~hello"
                + "POST /unknown HTTP/1.1~Host: a~Transfer-Encoding: chunked~~5~hello~0~~"
                + "GET / HTTP/1.1~Host: a~Connection: close~~");
        assertEquals(2, response.split("HTTP/1.1 404 ", -1).length - 1, response);
        assertTrue(response.endsWith("hello"), response);
    }

    @Test
    void closesRatherThanReadALongBodyThatNobodyWants() throws IOException {
        String response = exchange("POST /unknown HTTP/1.1~Host: a~Content-Length: 1000000~~" + "x".repeat(1_000_000));
        assertTrue(response.startsWith("HTTP/1.1 404 "), response);
        assertTrue(response.contains("\r\nConnection: close\r\n"), response);
    }

    @Test
    void sendsNoBodyAndNoLengthWith204And304() throws IOException {
        for (String status : new String[] {"204", "304"}) {
            String response = exchange("GET /" + status + " HTTP/1.1~Host: a~Connection: close~~");
            assertTrue(response.startsWith("HTTP/1.1 " + status), response);
            assertFalse(response.contains("Content-Length"), response);
            assertTrue(response.endsWith("\r\n\r\n"), response);
        }
    }

    @Test
    void saysTheFramingItselfWhateverAHandlerSays() throws IOException {
        String response = exchange("GET /ours HTTP/1.1~Host: a~~");
        assertEquals(1, response.split("Content-Length: 5", -1).length - 1, response);
        assertFalse(response.contains("chunked"), response);
        assertTrue(response.contains("\r\nConnection: close\r\n"), response);
        assertTrue(response.endsWith("12345"), response);
    }

    @Test
    void answersAFailureOfTheApplicationWithA500ThatTellsNothing() throws IOException {
        String response = exchange("GET /fails HTTP/1.1~Host: a~Connection: close~~");
        assertTrue(response.startsWith("HTTP/1.1 500 "), response);
        assertFalse(response.contains("secret"), response);
    }

    @Test
    void answersTheClientThatHasStoppedSending() throws IOException {
        try (var client = new RawClient(server.address())) {
            String response =
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").sendEnd().readToEnd();
            assertTrue(response.endsWith("hello"), response);
        }
    }

    /** What a server says that is patient but for the time that a head, a body, or the next request may take. */
    private static String saysWhenItIsLate(Duration head, Duration body, Duration idle, String sent)
            throws IOException {
        Duration patience = Duration.ofMinutes(1);
        try (var impatient = EngineServer.builder()
                .http(new Http1Settings(1000, 1000, 10, 1000, 1000, head, body, idle, patience, 0))
                .at("/echo", Http1WireTest::echo)
                .start()) {
            return RawClient.exchange(impatient.address(), sent);
        }
    }

    @Test
    void closesConnectionsThatAreLateWith408OrSilently() throws IOException {
        Duration soon = Duration.ofMillis(50);
        Duration patience = Duration.ofMinutes(1);
        assertEquals("", saysWhenItIsLate(soon, patience, patience, ""), "one that sends nothing");
        Duration later = Duration.ofMillis(500); // the client has to begin within that time
        String lateHead = saysWhenItIsLate(later, patience, patience, "GET / HT");
        assertTrue(lateHead.startsWith("HTTP/1.1 408 "), lateHead);
        String unfinished = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell";
        String lateBody = saysWhenItIsLate(patience, soon, patience, unfinished);
        assertTrue(lateBody.startsWith("HTTP/1.1 408 "), lateBody);
        String idleAfter = saysWhenItIsLate(patience, patience, soon, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(idleAfter.startsWith("HTTP/1.1 404 ") && idleAfter.endsWith("none"), idleAfter);
    }

    @Test
    void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
        try (var impatient = EngineServer.builder()
                        .writeTimeout(Duration.ofMillis(50))
                        .at("/large", request -> EngineServer.text(Status.OK, "x".repeat(20_000_000)))
                        .start();
                var client = new RawClient(impatient.address())) {
            client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
            Await.until(() -> impatient.net().statistics().slowReaders() > 0
                    && impatient.net().statistics().open() == 0);
        }
    }
}
