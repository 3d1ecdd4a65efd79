package dev.bistro.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String BODY =
            "--b\r\nA: 1\r\nB: 2\r\n\r\nfirst\r\n--b\r\n\r\n\r\n--b \t\r\nC: 3\r\n\r\n\r\n-\r\n--\r\n--a\r\r\n"
                    + "\r\n--b--\r\nepilogue";
    private static final String PARTS = "[A: 1, B: 2]first|[]|[C: 3]\r\n-\r\n--\r\n--a\r\r\n|";

    /** Gives its bytes in two pieces, or one by one. */
    private static final class Pieces extends InputStream {
        private final byte[] bytes;
        private final int split;
        private int at;

        Pieces(String text, int split) {
            this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            this.split = split;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] array, int offset, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int end = split < 0 ? at + 1 : at < split ? split : bytes.length;
            int count = Math.min(length, end - at);
            System.arraycopy(bytes, at, array, offset, count);
            at += count;
            return count;
        }
    }

    private static String parts(InputStream input) {
        var reader = new MultipartReader(input, "b", 100, 1_000_000);
        var parts = new StringBuilder();
        while (reader.next()) {
            parts.append(reader.head());
            var content = new ByteArrayOutputStream();
            reader.transferTo(content);
            parts.append(content.toString(StandardCharsets.ISO_8859_1)).append('|');
        }
        return parts.toString();
    }

    private static String parts(String body) {
        return parts(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void readsPartsSplitAtEveryByte() {
        for (int split = 1; split < BODY.length(); split++) {
            assertEquals(PARTS, parts(new Pieces(BODY, split)), "split at " + split);
        }
    }

    @Test
    void readsPartsByteByByte() {
        assertEquals(PARTS, parts(new Pieces(BODY, -1)));
    }

    @Test
    void passesOverAPreamble() {
        assertEquals(PARTS, parts("This is a multi-part message.\r\n" + BODY));
        assertEquals(PARTS, parts("\r\n" + BODY));
    }

    @Test
    void readsContentThatIsLargerThanItsWindow() {
        var content = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            content.append("\r\n--a").append((char) (i % 256));
        }
        assertEquals("[]" + content + "|", parts("--b\r\n\r\n" + content + "\r\n--b--"));
    }

    @Test
    void passesOverContentThatNobodyReads() {
        var reader = new MultipartReader(new Pieces(BODY, -1), "b", 100, 1_000_000);
        var heads = new ArrayList<List<String>>();
        while (reader.next()) {
            heads.add(reader.head());
        }
        assertEquals(List.of(List.of("A: 1", "B: 2"), List.of(), List.of("C: 3")), heads);
    }

    @Test
    void everyBeginningOfABodyIsTurnedDown() {
        int complete = BODY.indexOf("--b--") + "--b--".length();
        for (int length = 0; length < complete; length++) {
            String beginning = BODY.substring(0, length);
            assertThrows(BadRequestException.class, () -> parts(beginning), beginning);
        }
        assertEquals(PARTS, parts(BODY.substring(0, complete)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--b",
                "--b\n\r\n\r\n--b--",
                "--bx\r\n\r\n\r\n--b--",
                "--b-\r\n\r\n\r\n--b--",
                "--b\r\nA: 1\n\r\n\r\n--b--",
                "--b\r\nA: 1\rB: 2\r\n\r\n\r\n--b--",
                "--b\r\nA: 1\r\n--b--",
                "--b\r\n\r\n\r\n--bad\r\n\r\n\r\n--b--",
                "--b\r\n\r\n--b",
            })
    void turnsDownWhatIsNotMultipart(String body) {
        assertThrows(BadRequestException.class, () -> parts(body));
    }

    @Test
    void turnsDownTooMuchHeaderAndTooMuchPadding() {
        var fault = assertThrows(HttpException.class, () -> parts("--b\r\nA: " + "x".repeat(98) + "\r\n\r\n\r\n--b--"));
        assertEquals(413, fault.status().code());
        assertEquals("A part of the form has more than 100 bytes of header", fault.detail());
        assertTrue(parts("--b\r\nA: " + "x".repeat(97) + "\r\n\r\n\r\n--b--").endsWith("x]|"));
        assertThrows(BadRequestException.class, () -> parts("--b" + " ".repeat(200) + "\r\n\r\n\r\n--b--"));
    }

    @Test
    void turnsDownMoreThanItsLimit() {
        var reader = new MultipartReader(new Pieces("--b\r\n\r\n" + "x".repeat(50_000), 100), "b", 100, 20_000);
        assertTrue(reader.next());
        reader.head();
        var fault = assertThrows(HttpException.class, () -> reader.transferTo(new ByteArrayOutputStream()));
        assertEquals(413, fault.status().code());
        assertEquals("The form is larger than 20000 bytes", fault.detail());
    }

    @Test
    void countsWhatComesAfterTheLastPart() {
        var reader =
                new MultipartReader(new Pieces("--b\r\n\r\n\r\n--b--" + "x".repeat(50_000), 100), "b", 100, 20_000);
        assertTrue(reader.next());
        reader.head();
        assertEquals(
                413, assertThrows(HttpException.class, reader::next).status().code());
    }
}
