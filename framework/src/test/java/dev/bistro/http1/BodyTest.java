package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.net.ByteBudget;
import dev.bistro.net.Inputs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    /** A body and the bytes behind it, read in pieces of a size: {@code hello|rest}; or the status of its rejection. */
    private static String read(RequestBody body, int max, String bytes, int piece) {
        String left = "";
        int sent = 0;
        try {
            var whole = new BodyCollector(body, max, Long.MAX_VALUE, new RequestMemory(new ByteBudget(1_000_000)));
            while (sent < bytes.length()) {
                int end = Math.min(bytes.length(), sent + piece);
                var input = Inputs.of(left + bytes.substring(sent, end));
                sent = end;
                boolean complete = whole.read(input);
                left = Inputs.rest(input);
                if (complete) {
                    return new String(whole.bytes(), StandardCharsets.ISO_8859_1) + "|" + left + bytes.substring(sent);
                }
            }
            return "incomplete";
        } catch (Rejection rejection) {
            return String.valueOf(rejection.status().code());
        }
    }

    private static void assertChunked(String expected, String bytes) {
        for (int piece = 1; piece <= bytes.length(); piece++) {
            assertEquals(expected, read(new ChunkedBody(), 1000, bytes.replace("~", "\r\n"), piece), bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "0~~GET => |GET",
                "5~hello~0~~GET => hello|GET",
                "5~hello~6~ world~0~~ => hello world|",
                "A~0123456789~0~~ => 0123456789|",
                "a~0123456789~00~~ => 0123456789|",
                "0005;a=b;c=\"d\"~hello~0;x~~ => hello|",
                "5~hello~0~Trailer: value~X:~~GET => hello|GET",
                "2~~~0~~~ => ~|~",
                "5 ; a\t= b ;c;d=\"e;\\\\\\\"f\"~hello~0;x~~ => hello|",
            })
    void readsChunks(String bytes, String expected) {
        assertChunked(expected.replace("~", "\r\n"), bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~~",
                "g~",
                "-1~",
                "+5~hello~0~~",
                "0x5~hello~0~~",
                " 5~hello~0~~",
                "5 ~hello~0~~",
                "5\nhello~0~~",
                "5~hell~0~~",
                "5~hello!~0~~",
                "5~hello\n0~~",
                "5~hello~0~ folded~~",
                "5~hello~0~bad name: x~~",
                "5~hello~0~x: \u0000~~",
                "5~hello~0~no colon~~",
                "5;\u0001~hello~0~~",
                "5;~hello~0~~",
                "5;a=~hello~0~~",
                "5;a=\"~hello~0~~",
                "5;a ~hello~0~~",
                "0;;~~",
                "0000000000000001~a~0~~",
                "fffffffffffffffff~",
            })
    void rejectsChunksThatAreNotInTheGrammar(String bytes) {
        assertChunked("400", bytes);
    }

    @Test
    void staysRejectedWhenItIsReadAgain() {
        var body = new ChunkedBody();
        var input = Inputs.of("5;a=\"\r\nhello\r\n0\r\n\r\n");
        for (int i = 0; i < 3; i++) {
            Rejection rejection = assertThrows(Rejection.class, () -> body.read(input, new byte[10], 0, 10));
            assertEquals(400, rejection.status().code());
            assertFalse(body.isComplete());
        }
    }

    @Test
    void isIncompleteUntilTheLastByte() {
        String bytes = "5~hello~0~A: b~~".replace("~", "\r\n");
        for (int i = 0; i < bytes.length(); i++) {
            assertEquals("incomplete", read(new ChunkedBody(), 1000, bytes.substring(0, i), 1000));
        }
    }

    @Test
    void limitsExtensionsAndTrailers() {
        assertEquals("5|", read(new ChunkedBody(), 1000, "1;" + "x".repeat(4_095) + "\r\n5\r\n0\r\n\r\n", 1000));
        assertEquals("5|", read(new ChunkedBody(), 1000, "1" + ";x".repeat(2_048) + "\r\n5\r\n0\r\n\r\n", 1000));
        assertEquals("400", read(new ChunkedBody(), 1000, "1;" + "x".repeat(4_096), 1000));
        assertEquals(
                "400", read(new ChunkedBody(), 1_000_000, ("1;" + "x".repeat(1_000) + "\r\na\r\n").repeat(20), 1000));
        assertEquals("400", read(new ChunkedBody(), 1000, "0\r\n" + "A: b\r\n".repeat(5_000), 1000));
    }

    @Test
    void limitsTheWholeBody() {
        assertEquals("12345|", read(new ChunkedBody(), 5, "5\r\n12345\r\n0\r\n\r\n", 3));
        assertEquals("413", read(new ChunkedBody(), 5, "5\r\n12345\r\n1\r\n6\r\n0\r\n\r\n", 3));
        assertEquals("413", read(new ChunkedBody(), 5, "ffffff\r\n123456", 100));
    }

    @Test
    void readsAFixedLengthAndNothingBehindIt() {
        for (int piece = 1; piece < 12; piece++) {
            assertEquals("hello|GET /", read(new FixedBody(5), 5, "helloGET /", piece));
        }
        assertEquals("incomplete", read(new FixedBody(6), 10, "hello", 100));
    }
}
