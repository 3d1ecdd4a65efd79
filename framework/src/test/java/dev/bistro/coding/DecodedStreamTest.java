package dev.bistro.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid gzip (RFC 1952). */
class DecodedStreamTest {
    private static final String TEXT = "All work and no play makes Jack a dull boy. ".repeat(500);
    private static final byte[] EMPTY = member("");

    /** A member as Java writes it. */
    private static byte[] member(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** A member with flags and the head's fields that they stand for. */
    private static byte[] member(int flags, String extra) {
        byte[] plain = member("flagged");
        var bytes = new ByteArrayOutputStream();
        bytes.write(plain, 0, 3);
        bytes.write(flags);
        bytes.write(plain, 4, 6);
        bytes.writeBytes(HexFormat.of().parseHex(extra));
        if ((flags & 2) != 0) {
            var checksum = new CRC32();
            checksum.update(bytes.toByteArray());
            bytes.write((int) checksum.getValue());
            bytes.write((int) checksum.getValue() >> 8);
        }
        bytes.write(plain, 10, plain.length - 10);
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] member, int times) {
        byte[] all = new byte[member.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(member, 0, all, i * member.length, member.length);
        }
        return all;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String decoded(Coding coding, InputStream encoded) throws IOException {
        try (var stream = coding.decode(encoded)) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String decoded(byte[] gzip) throws IOException {
        return decoded(Coding.GZIP, new ByteArrayInputStream(gzip));
    }

    private static void assertInvalid(byte[] gzip) {
        assertThrows(BadRequestException.class, () -> decoded(gzip));
    }

    /** Gives a byte at a time, and never reports available bytes. */
    private static InputStream slowly(byte[] bytes) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at == bytes.length ? -1 : bytes[at++] & 0xFF;
            }

            @Override
            public int read(byte[] array, int offset, int length) {
                int b = read();
                array[offset] = (byte) b;
                return b < 0 ? -1 : 1;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void readsWhatIsWritten(Coding coding) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var output = coding.encode(bytes);
        output.write(TEXT.substring(0, 10_000).getBytes(StandardCharsets.ISO_8859_1));
        output.flush();
        assertEquals(TEXT.substring(0, 10_000), prefix(coding, bytes.toByteArray(), 10_000));
        output.write(TEXT.substring(10_000).getBytes(StandardCharsets.ISO_8859_1));
        output.finish();
        output.finish();
        output.close();
        assertThrows(IOException.class, () -> output.write(1));
        assertEquals(TEXT, decoded(coding, new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals(TEXT, decoded(coding, slowly(bytes.toByteArray())));
    }

    private static String prefix(Coding coding, byte[] bytes, int length) throws IOException {
        try (var stream = coding.decode(new ByteArrayInputStream(bytes))) {
            return new String(stream.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void whatWasNotFinishedDoesNotLookWhole(Coding coding) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var output = coding.encode(bytes);
        output.write(new byte[100]);
        output.flush();
        output.end();
        assertThrows(BadRequestException.class, () -> decoded(coding, new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void readsAllMembersOneAfterTheOther() throws IOException {
        byte[] all = joined(member("one, "), EMPTY, member("two, "), repeated(EMPTY, 99), member("three"));
        assertEquals("one, two, three", decoded(all));
        assertEquals("one, two, three", decoded(Coding.GZIP, slowly(all)));
        assertEquals("x".repeat(5_000), decoded(repeated(member("x"), 5_000)));
        assertEquals("", decoded(EMPTY));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 1_000, 100_000})
    void turnsDownBodiesOfEmptyMembers(int count) {
        assertInvalid(repeated(EMPTY, count));
        assertInvalid(joined(member("x"), repeated(EMPTY, count), member("y")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, ''", // the flag for text
        "4, 0000",
        "4, 0500aabbccddee",
        "8, 61622e74787400",
        "16, 6100",
        "2, ''",
        "31, 0100ff61006200", // all flags
    })
    void readsWhateverAHeadMayHold(int flags, String extra) throws IOException {
        assertEquals("flagged", decoded(member(flags, extra)));
        assertEquals("flagged", decoded(Coding.GZIP, slowly(member(flags, extra))));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void turnsDownReservedFlags(int flag) {
        assertInvalid(member(flag, ""));
    }

    @Test
    void turnsDownAHeadWhoseChecksumIsWrong() {
        byte[] wrong = member(2, "");
        wrong[10]++;
        assertInvalid(wrong);
    }

    @Test
    void turnsDownABodyThatIsCutAnywhere() throws IOException {
        byte[] whole = joined(member("one"), member("two"));
        int first = member("one").length;
        for (int length = 0; length < whole.length; length++) {
            if (length != first) {
                assertInvalid(Arrays.copyOf(whole, length));
            }
        }
        assertEquals("one", decoded(Arrays.copyOf(whole, first)));
    }

    @Test
    void turnsDownAnyByteOfATrailerThatIsWrong() {
        for (int back = 1; back <= 8; back++) {
            byte[] wrong = member(TEXT);
            wrong[wrong.length - back] ^= 1;
            assertInvalid(wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "1f", "1f8b", "1f8b08", "0000000000000000", "504b0304", "1f8b09000000000000ff0300"})
    void turnsDownWhatIsNoMemberBehindOne(String hex) {
        byte[] garbage = HexFormat.of().parseHex(hex);
        assertInvalid(joined(member(TEXT), garbage));
        assertInvalid(garbage);
    }

    @Test
    void turnsDownDeflateWithADictionaryOrSomethingBehindIt() {
        var deflater = new Deflater();
        deflater.setDictionary("work".getBytes(StandardCharsets.ISO_8859_1));
        deflater.setInput("work and work".getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        byte[] buffer = new byte[100];
        byte[] bytes = Arrays.copyOf(buffer, deflater.deflate(buffer));
        deflater.end();
        assertThrows(BadRequestException.class, () -> decoded(Coding.DEFLATE, new ByteArrayInputStream(bytes)));
        byte[] more = HexFormat.of().parseHex("789c03000000000100"); // no data, and a zero behind it
        assertThrows(BadRequestException.class, () -> decoded(Coding.DEFLATE, new ByteArrayInputStream(more)));
    }

    @Test
    void readsNothingMoreWhenItWasClosed() throws IOException {
        var stream = Coding.GZIP.decode(new ByteArrayInputStream(member(TEXT)));
        assertEquals('A', stream.read());
        stream.close();
        stream.close();
        assertThrows(IOException.class, stream::read);
        assertArrayEquals(
                new byte[0], Coding.GZIP.decode(new ByteArrayInputStream(EMPTY)).readAllBytes());
    }
}
