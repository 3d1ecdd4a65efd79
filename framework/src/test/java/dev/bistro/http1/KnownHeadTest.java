package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A head that comes after another one on its connection is read as if it came alone. */
class KnownHeadTest {
    private static final List<String> HEADS = List.of(
            "GET / HTTP/1.1~Host: a~~",
            "GET / HTTP/1.1~Host: b~~",
            "GET /x HTTP/1.1~Host: a~~",
            "GET /xy?q HTTP/1.1~Host: a~~",
            "HEAD /x HTTP/1.1~Host: a~~",
            "GET http://c/x HTTP/1.1~Host: a~~",
            "~~GET /x HTTP/1.1~Host: a~~",
            "GET /x HTTP/1.0~Host: a~~",
            "GET /x HTTP/1.1~Host: a~Connection: close~~",
            "GET /x HTTP/1.1~Host: a~X: ~~",
            "GET /x HTTP/1.1~Host: a~X-Forwarded-For: 1~~",
            "POST /x HTTP/1.1~Host: a~Content-Length: 5~~",
            "POST /x HTTP/1.1~Host: a~Content-Length: 5~Expect: 100-continue~~",
            "POST /x HTTP/1.1~Host: a~Transfer-Encoding: chunked~~",
            // rejected, whatever came before
            "GET /x HTTP/1.1~host: a~Host: a~~",
            "GET /x HTTP/2.0~Host: a~~",
            "GET /x HTTP/1.1~~",
            "GET x HTTP/1.1~Host: a~~",
            "CONNECT /x HTTP/1.1~Host: a~~");

    private static byte[] bytes(String head) {
        return head.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All that is read of the head at this place, or the status of its rejection. */
    private static String read(RequestParser parser, byte[] bytes, int from, int... limits) {
        try {
            parser.reset();
            for (int limit : limits) {
                if (parser.parse(bytes, from, limit)) {
                    break;
                }
            }
            RequestHead head = parser.head(bytes, from).check();
            HeadFields fields = head.fields();
            var text = new StringBuilder();
            for (int i = 0; i < head.headers().size(); i++) {
                text.append(head.headers().name(i))
                        .append(':')
                        .append(head.headers().value(i))
                        .append(' ');
            }
            return String.join(
                    " ",
                    head.method().name(),
                    head.target(),
                    head.path(),
                    head.query(),
                    head.authority(),
                    head.protocol(),
                    text,
                    fields.framing().toString(),
                    "" + fields.keepsAlive() + fields.expectsContinue() + fields.tellsOfClient(),
                    "" + parser.length());
        } catch (Rejection rejection) {
            return rejection.status() + rejection.getMessage();
        }
    }

    private static RequestParser parserAfter(String head) throws Rejection {
        var parser = new RequestParser(Http1Settings.DEFAULTS);
        byte[] bytes = bytes(head);
        assertTrue(parser.parse(bytes, 0, bytes.length));
        parser.head(bytes, 0).check();
        parser.reset();
        return parser;
    }

    @Test
    void changesNothingForTheNextOne() throws Rejection {
        for (String first : HEADS.subList(0, HEADS.size() - 5)) {
            for (String second : HEADS) {
                String pair = first + " " + second;
                byte[] bytes = bytes(second);
                String alone = read(new RequestParser(Http1Settings.DEFAULTS), bytes, 0, bytes.length);
                assertEquals(alone, read(parserAfter(first), bytes, 0, bytes.length), pair);
                byte[] followed = bytes("xx" + second + second);
                assertEquals(alone, read(parserAfter(first), followed, 2, followed.length), pair);
                for (int split = 1; split < bytes.length; split++) {
                    assertEquals(alone, read(parserAfter(first), bytes, 0, split, bytes.length), pair + split);
                }
            }
        }
    }

    @Test
    void isUsedAgainForTheSameBytes() throws Rejection {
        var parser = new RequestParser(Http1Settings.DEFAULTS);
        RequestHead first = head(parser, HEADS.get(2));
        assertSame(first, head(parser, HEADS.get(2)));
        RequestHead other = head(parser, HEADS.get(3));
        assertNotSame(first, other);
        assertSame(first.fields(), other.fields());
        assertNotSame(first.fields(), head(parser, HEADS.get(1)).fields());
    }

    @Test
    void isNotUsedAgainWhereFieldsWereTakenOff() throws Rejection {
        var parser = new RequestParser(Http1Settings.DEFAULTS);
        RequestHead first = head(parser, HEADS.get(10));
        first.setHeaders(first.headers().keep(i -> false));
        RequestHead second = head(parser, HEADS.get(10));
        assertNotSame(first, second);
        assertEquals(2, second.headers().size());
    }

    @Test
    void isKeptOnlyIfItIsShort() throws Rejection {
        var parser = new RequestParser(Http1Settings.DEFAULTS);
        String start = "GET / HTTP/1.1~Host: a~X: ";
        String longest = start + "x".repeat(KnownHead.MAX_BYTES - bytes(start + "~~").length) + "~~";
        assertSame(head(parser, longest), head(parser, longest));
        RequestHead first = head(parser, longest.replace("X:", "X:x"));
        assertNotSame(first, head(parser, longest.replace("X:", "X:x")));
    }

    private static RequestHead head(RequestParser parser, String text) throws Rejection {
        byte[] bytes = bytes(text);
        assertTrue(parser.parse(bytes, 0, bytes.length));
        RequestHead head = parser.head(bytes, 0).check();
        parser.reset();
        return head;
    }
}
