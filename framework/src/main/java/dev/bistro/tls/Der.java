package dev.bistro.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes DER (ITU-T X.690): a tag, the length in as few bytes as it takes, and the content. {@link DerElement} reads
 * it.
 *
 * <p>{@code Der.integer(BigInteger.valueOf(5))} is the bytes 02 01 05.
 */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTF8_STRING = 0x0c;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** Until the end of 2049 a certificate has UTCTime, which has two digits for the year (RFC 5280, 4.1.2.5). */
    private static final int FIRST_GENERALIZED_YEAR = 2050;

    private static final DateTimeFormatter TIME_OF_YEAR = DateTimeFormatter.ofPattern("MMddHHmmss'Z'");

    private Der() {}

    /** An element whose content is the parts one after another. */
    static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(content.size(), element);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream out) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(0x80 | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(length >>> (8 * i));
        }
    }

    static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, elements);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] octetString(byte[] content) {
        return element(OCTET_STRING, content);
    }

    /**
     * A bit string.
     *
     * @param unusedBits how many bits of the last byte, from the lowest, don't count
     */
    static byte[] bitString(int unusedBits, byte... content) {
        return element(BIT_STRING, new byte[] {(byte) unusedBits}, content);
    }

    static byte[] utf8String(String text) {
        return element(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object identifier: {@code Der.oid("2.5.4.3")} is the bytes 06 03 55 04 03. */
    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        var content = new ByteArrayOutputStream();
        writeArc(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]), content);
        for (int i = 2; i < arcs.length; i++) {
            writeArc(Integer.parseInt(arcs[i]), content);
        }
        return element(OID, content.toByteArray());
    }

    private static void writeArc(int arc, ByteArrayOutputStream out) {
        int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(arc) + 6) / 7);
        for (int i = groups - 1; i > 0; i--) {
            out.write(0x80 | arc >>> (7 * i));
        }
        out.write(arc & 0x7f);
    }

    /** A time of a certificate, to the second. */
    static byte[] time(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        boolean isGeneralized = time.getYear() >= FIRST_GENERALIZED_YEAR;
        String year = isGeneralized ? "%04d".formatted(time.getYear()) : "%02d".formatted(time.getYear() % 100);
        return element(
                isGeneralized ? GENERALIZED_TIME : UTC_TIME,
                (year + TIME_OF_YEAR.format(time)).getBytes(StandardCharsets.US_ASCII));
    }
}
