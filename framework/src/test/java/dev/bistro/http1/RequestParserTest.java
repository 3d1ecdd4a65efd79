package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private static final Http1Settings LIMITS = new Http1Settings(
            100,
            60,
            5,
            300,
            1000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            0);

    /** The parts of a head in one line, or the status of its rejection. */
    private static String read(String head, int... splits) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        try {
            for (int split : splits) {
                if (parser.parse(bytes, 0, split)) {
                    return describe(parser, bytes);
                }
            }
            return parser.parse(bytes, 0, bytes.length) ? describe(parser, bytes) : "incomplete";
        } catch (Rejection rejection) {
            return String.valueOf(rejection.status().code());
        }
    }

    private static String authority(String head) throws Rejection {
        byte[] bytes = head.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        assertTrue(parser.parse(bytes, 0, bytes.length));
        return parser.head(bytes, 0).check().authority();
    }

    private static String describe(RequestParser parser, byte[] bytes) throws Rejection {
        RequestHead head = parser.head(bytes, 0).check();
        return head.method() + " " + head.path() + " " + head.query() + " " + (head.isHttp10() ? "1.0" : "1.1") + " "
                + fields(head) + " " + parser.length();
    }

    private static String fields(RequestHead head) {
        var text = new StringBuilder();
        for (int i = 0; i < head.headers().size(); i++) {
            text.append('<')
                    .append(head.headers().name(i))
                    .append('|')
                    .append(head.headers().value(i))
                    .append('>');
        }
        return text.toString();
    }

    private static void assertReadsSplitAnywhere(String expected, String head) {
        assertEquals(expected, read(head));
        for (int i = 0; i <= head.length(); i++) {
            assertEquals(expected, read(head, i), "split at " + i + " of " + head);
        }
        int[] everywhere = IntStream.rangeClosed(0, head.length()).toArray();
        assertEquals(expected, read(head, everywhere), "byte by byte: " + head);
    }

    @Test
    void readsRequestLineAndFields() {
        assertReadsSplitAnywhere(
                "GET /a/b x=1&y=2 1.1 <Host|example.org><Accept|text/html, */*;q=0.1><Empty|> 90",
                "GET /a/b?x=1&y=2 HTTP/1.1\r\nHost: example.org\r\n"
                        + "Accept:  \ttext/html, */*;q=0.1 \t\r\nEmpty:\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "GET / HTTP/1.0~~ => GET / null 1.0  18",
                "GET / HTTP/1.1~Host:a~~ => GET / null 1.1 <Host|a> 26",
                "GET / HTTP/1.9~Host:a~~ => GET / null 1.1 <Host|a> 26",
                "~~GET / HTTP/1.0~~ => GET / null 1.0  22",
                "PROPFIND /x HTTP/1.0~~ => PROPFIND /x null 1.0  24",
                "get / HTTP/1.0~~ => get / null 1.0  18",
                "OPTIONS * HTTP/1.0~~ => OPTIONS * null 1.0  22",
                "OPTIONS http://a.b HTTP/1.0~~ => OPTIONS * null 1.0  31",
                "OPTIONS http://a.b/ HTTP/1.0~~ => OPTIONS / null 1.0  32",
                "GET / HTTP/1.1~Host:~~ => GET / null 1.1 <Host|> 25",
                "GET /?a\\b HTTP/1.0~~ => GET / a\\b 1.0  22",
                "GET http://a.b:80/c?d HTTP/1.0~~ => GET /c d 1.0  34",
                "GET HTTP://a.b?d HTTP/1.0~~ => GET / d 1.0  29",
                "GET /? HTTP/1.0~~ => GET /  1.0  19",
                "GET /a{b}|^?c[]=1 HTTP/1.0~~ => GET /a{b}|^ c[]=1 1.0  30",
            })
    void accepts(String head, String expected) {
        assertReadsSplitAnywhere(expected, head.replace("~", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " GET / HTTP/1.1~Host:a~~",
                "GET  / HTTP/1.1~Host:a~~",
                "GET /  HTTP/1.1~Host:a~~",
                "GET\t/ HTTP/1.1~Host:a~~",
                "GET / HTTP/1.1 ~Host:a~~",
                "GET /~Host:a~~",
                "GET / http/1.1~Host:a~~",
                "GET / HTTP/1,1~Host:a~~",
                "GET / HTTP/1.10~Host:a~~",
                "GET / ~~",
                "GET / H~~",
                "GET /a\\b HTTP/1.1~Host:a~~",
                "GET / HTTP/1.1~Host:a b~~",
                "GET / HTTP/1.1~Host:u@a~~",
                "GET http://a:b/ HTTP/1.1~Host:a~~",
                "G(T / HTTP/1.1~Host:a~~",
                "GET a/b HTTP/1.1~Host:a~~",
                "GET * HTTP/1.1~Host:a~~",
                "GET ftp://a/ HTTP/1.1~Host:a~~",
                "GET http:///x HTTP/1.1~Host:a~~",
                "GET http://u@h/x HTTP/1.1~Host:a~~",
                "GET /\u00e9 HTTP/1.1~Host:a~~",
                "GET /a#b HTTP/1.1~Host:a~~",
                "GET /\u0000 HTTP/1.1~Host:a~~",
                "GET / HTTP/1.1~~",
                "GET / HTTP/1.1~Host:a~Host:a~~",
                "GET / HTTP/1.1~Host : a~~",
                "GET / HTTP/1.1~Host:a~ folded~~",
                "GET / HTTP/1.1~Host:a~X: b~\tfolded~~",
                "GET / HTTP/1.1~ Host:a~~",
                "GET / HTTP/1.1~Host:a~:b~~",
                "GET / HTTP/1.1~Host:a~X~~",
                "GET / HTTP/1.1~Host:a~X\u00e9:b~~",
                "GET / HTTP/1.1~Host:a~X: \u0000~~",
                "GET / HTTP/1.1~Host:a~X: \u007f~~",
                "GET / HTTP/1.1~Host:a~X: a\rb~~",
                "GET / HTTP/1.1~Host:a~X: a\nY: b~~",
                "GET / HTTP/1.1\nHost:a\n\n",
                "GET / HTTP/1.1~Host:a~\n",
                "~~~~~GET / HTTP/1.1~Host:a~~",
                "\nGET / HTTP/1.1~Host:a~~",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
            })
    void rejectsWithBadRequest(String head) {
        assertReadsSplitAnywhere("400", head.replace("~", "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/2.0~Host:a~~,505",
        "PRI * HTTP/2.0~~,505",
        "GET / HTTP/0.9~~,505",
        "CONNECT a:1 HTTP/1.1~Host:a~~,501"
    })
    void rejectsVersionsAndMethodsThatItDoesNotSpeak(String head, String status) {
        assertReadsSplitAnywhere(status, head.replace("~", "\r\n"));
    }

    @Test
    void limitsTheTarget() {
        String most = "/" + "a".repeat(LIMITS.maxTargetBytes() - 1);
        assertTrue(read("GET " + most + " HTTP/1.0\r\n\r\n").startsWith("GET " + most));
        assertReadsSplitAnywhere("414", "GET " + most + "a HTTP/1.0\r\n\r\n");
        assertReadsSplitAnywhere("414", "GET " + most + "aaaaaaaa");
    }

    @Test
    void limitsOneField() {
        String most = "X: " + "a".repeat(LIMITS.maxFieldLineBytes() - 3);
        assertTrue(read("GET / HTTP/1.0\r\n" + most + "\r\n\r\n").startsWith("GET / null 1.0 <X|aaa"));
        assertReadsSplitAnywhere("431", "GET / HTTP/1.0\r\n" + most + "a\r\n\r\n");
        assertReadsSplitAnywhere("431", "GET / HTTP/1.0\r\n" + "X".repeat(LIMITS.maxFieldLineBytes() + 1));
        assertReadsSplitAnywhere("431", "GET / HTTP/1.0\r\nX:" + " ".repeat(LIMITS.maxFieldLineBytes()));
    }

    @Test
    void limitsTheNumberOfFields() {
        String five = "A: b\r\n".repeat(LIMITS.maxFields());
        assertTrue(read("GET / HTTP/1.0\r\n" + five + "\r\n").startsWith("GET"));
        assertReadsSplitAnywhere("431", "GET / HTTP/1.0\r\n" + five + "A: b\r\n\r\n");
    }

    @Test
    void limitsTheWholeHead() {
        String field = "A: " + "b".repeat(54) + "\r\n";
        String head = "GET / HTTP/1.0\r\n" + field.repeat(4);
        String rest = "C: " + "d".repeat(LIMITS.maxHeadBytes() - head.length() - 7) + "\r\n\r\n";
        assertEquals(LIMITS.maxHeadBytes(), (head + rest).length());
        assertTrue(read(head + rest).startsWith("GET"));
        assertReadsSplitAnywhere("431", head + "d" + rest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            nullValues = "none",
            value = {
                "GET / HTTP/1.1~Host: a:80~~ => a:80",
                "GET / HTTP/1.1~Host:~~ => none",
                "GET / HTTP/1.0~~ => none",
                "GET http://b:81/c HTTP/1.1~Host: a~~ => b:81",
                "GET http://b HTTP/1.0~~ => b",
                "OPTIONS * HTTP/1.1~Host: a~~ => a",
            })
    void takesTheAuthorityFromTheTargetOrElseFromHost(String head, String expected) throws Rejection {
        assertEquals(expected, authority(head));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Expect: 100-continue => true",
                "Expect: 100-Continue => true",
                "Expect: 100-continue, 100-continue => true",
                "Expect: 100-continue~Expect: 100-continue => true",
                "Expect: , 100-continue => true",
                "Expect: => false",
                "X: y => false",
                "Expect: tea => 417",
                "Expect: 100-continue, tea => 417",
                "Expect: 100-continue~Expect: tea => 417",
                "Expect: 100-continue;a=b => 417",
            })
    void combinesExpectations(String fields, String expected) throws Rejection {
        assertEquals(expected, expects(head(fields)));
    }

    private static String expects(RequestHead head) {
        try {
            return String.valueOf(head.fields().expectsContinue());
        } catch (Rejection rejection) {
            return String.valueOf(rejection.status().code());
        }
    }

    @Test
    void limitsTheMethod() {
        String most = "M".repeat(32);
        assertTrue(read(most + " / HTTP/1.0\r\n\r\n").startsWith(most + " /"));
        assertReadsSplitAnywhere("501", most + "M / HTTP/1.0\r\n\r\n");
        assertReadsSplitAnywhere("501", most + "M");
    }

    @Test
    void isIncompleteUntilTheLastByte() {
        String head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int i = 0; i < head.length(); i++) {
            assertEquals("incomplete", read(head.substring(0, i)));
        }
    }

    @Test
    void leavesWhatIsBehindTheHead() throws Rejection {
        byte[] bytes = "..GET / HTTP/1.0\r\n\r\nBODY".getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        assertFalse(parser.parse(bytes, 2, 10));
        assertTrue(parser.parse(bytes, 2, bytes.length));
        assertEquals(18, parser.length());
    }

    @Test
    void survivesAMoveOfTheBytes() throws Rejection {
        byte[] first = "GET /abc HTTP/1.0\r\nA: b".getBytes(StandardCharsets.ISO_8859_1);
        byte[] moved = "xxxxGET /abc HTTP/1.0\r\nA: bcd\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        assertFalse(parser.parse(first, 0, first.length));
        assertTrue(parser.parse(moved, 4, moved.length));
        assertEquals("bcd", parser.head(moved, 4).headers().first("a").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            nullValues = "none",
            value = {
                "Content-Length: 0 => None[]",
                "Content-Length: 12 => Length[bytes=12]",
                "Content-Length: 007 => Length[bytes=7]",
                "Transfer-Encoding: chunked => Chunked[]",
                "Transfer-Encoding: CHUNKED => Chunked[]",
                "X: y => None[]",
            })
    void framesBodies(String fields, String expected) throws Rejection {
        assertEquals(expected, head(fields).fields().framing().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "Content-Length: +1 => 400",
                "Content-Length: -1 => 400",
                "Content-Length: 0x1 => 400",
                "Content-Length: 1a => 400",
                "Content-Length: 1 2 => 400",
                "Content-Length: 1, 1 => 400",
                "Content-Length: => 400",
                "Content-Length: 9999999999999999999 => 400",
                "Content-Length: 1~Content-Length: 1 => 400",
                "Content-Length: 1~Transfer-Encoding: chunked => 400",
                "Transfer-Encoding: chunked~Content-Length: 1 => 400",
                "Transfer-Encoding: chunked~Transfer-Encoding: chunked => 400",
                "Transfer-Encoding: gzip, chunked => 501",
                "Transfer-Encoding: gzip;level=9, chunked => 501",
                "Transfer-Encoding: gzip, deflate, Chunked => 501",
                "Transfer-Encoding: chunked, gzip => 400",
                "Transfer-Encoding: chunked, chunked => 400",
                "Transfer-Encoding: chunked;a=b, chunked => 400",
                "Transfer-Encoding: chunked;a=b => 400",
                "Transfer-Encoding: chunked, => 400",
                "Transfer-Encoding: , chunked => 400",
                "Transfer-Encoding: g zip, chunked => 400",
                "Transfer-Encoding: identity => 400",
                "Transfer-Encoding: xchunked => 400",
                "Transfer-Encoding: => 400",
            })
    void rejectsFramingThatTwoReadersCouldReadDifferently(String fields, int status) {
        assertEquals(
                status,
                assertThrows(Rejection.class, () -> head(fields).fields().framing())
                        .status()
                        .code());
    }

    @Test
    void rejectsTransferEncodingOfHttp10() throws Rejection {
        byte[] bytes = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        parser.parse(bytes, 0, bytes.length);
        RequestHead head = parser.head(bytes, 0).check();
        assertEquals(
                400,
                assertThrows(Rejection.class, () -> head.fields().framing())
                        .status()
                        .code());
    }

    private static RequestHead head(String fields) throws Rejection {
        String text = "POST / HTTP/1.1~Host: a~" + fields + "~~";
        byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var parser = new RequestParser(LIMITS);
        assertTrue(parser.parse(bytes, 0, bytes.length));
        return parser.head(bytes, 0).check();
    }
}
