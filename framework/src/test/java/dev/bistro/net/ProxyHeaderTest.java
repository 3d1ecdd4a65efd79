package dev.bistro.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of the PROXY protocol as {@code proxy/headers.txt} lists them: whole, in pieces, with bytes after them. */
class ProxyHeaderTest {
    /** What may follow: a request, the same header once more, anything. */
    private static final List<String> REQUESTS = List.of("GET / HTTP/1.1\r\n\r\n", "\r\n", "\0", "\u00FF");

    record Case(String header, String expected) {
        static Case of(String line) {
            int bar = line.lastIndexOf(" | ");
            return new Case(
                    line.substring(0, bar).strip(), line.substring(bar + 3).strip());
        }

        ProxyHeaderBytes input() {
            return ProxyHeaderBytes.of(header.replace("\\xff", "\u00FF"));
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = ProxyHeaderTest.class.getResourceAsStream("/proxy/headers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Case::of);
        }
    }

    @Test
    void areManyCases() throws IOException {
        assertTrue(cases().count() >= 80);
        assertEquals(cases().count(), cases().map(Case::header).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadWholeAndInPieces(Case c) throws IOException {
        byte[] bytes = c.input().bytes();
        int wrongAt = c.input().wrongAt();
        boolean isIncomplete = c.expected.equals("incomplete");
        for (int count = 0; count <= bytes.length; count++) {
            if (wrongAt >= 0 && count >= wrongAt) {
                assertRefused(c.expected, bytes, count);
            } else if (count < bytes.length || isIncomplete) {
                assertNull(ProxyHeader.parse(bytes, 0, count), "of " + count + " bytes");
            } else {
                ProxyHeader header = ProxyHeader.parse(bytes, 0, count);
                assertEquals(c.expected, text(header));
                assertEquals(bytes.length, header.length());
            }
        }
    }

    private static void assertRefused(String expected, byte[] bytes, int count) {
        var fault = assertThrows(
                MalformedProxyHeaderException.class,
                () -> ProxyHeader.parse(bytes, 0, count),
                () -> "of " + count + " bytes");
        assertTrue(fault.getMessage().startsWith("The PROXY header " + expected), fault.getMessage());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesWhatFollows(Case c) throws IOException {
        byte[] bytes = c.input().bytes();
        for (String request : REQUESTS) {
            byte[] longer = concat(bytes, request.getBytes(StandardCharsets.ISO_8859_1), bytes);
            if (c.input().wrongAt() >= 0) {
                assertRefused(c.expected, longer, longer.length);
            } else if (!c.expected.equals("incomplete")) {
                assertEquals(ProxyHeader.parse(bytes, 0, bytes.length), ProxyHeader.parse(longer, 0, longer.length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void looksOnlyAtItsPartOfTheArray(Case c) throws IOException {
        byte[] bytes = c.input().bytes();
        byte[] before = "PROXY TCP4 ".getBytes(StandardCharsets.ISO_8859_1);
        byte[] around = concat(before, bytes, bytes);
        byte[] untouched = around.clone();
        if (c.input().wrongAt() >= 0) {
            assertThrows(
                    MalformedProxyHeaderException.class,
                    () -> ProxyHeader.parse(around, before.length, before.length + bytes.length));
        } else {
            assertEquals(
                    ProxyHeader.parse(bytes, 0, bytes.length),
                    ProxyHeader.parse(around, before.length, before.length + bytes.length));
        }
        assertTrue(Arrays.equals(untouched, around));
    }

    private static byte[] concat(byte[]... parts) {
        int length = Stream.of(parts).mapToInt(part -> part.length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** As the table writes it. */
    private static String text(ProxyHeader header) {
        if (header.source() == null) {
            assertNull(header.destination());
            return "unknown";
        }
        return text(header.source()) + " " + text(header.destination());
    }

    private static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress ip)) {
            return "unix:" + address.toString().replaceFirst("(.)\\1{106}$", "$1…107");
        }
        assertFalse(ip.isUnresolved());
        String host = ip.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + ip.getPort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 203.0.113.9 ", "PROXY TCP4 l", "PROXY UNKNOWN secret"})
    void saysNothingOfWhatWasSent(String beginning) {
        byte[] bytes = (beginning + "evil\u0007\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var fault = assertThrows(MalformedProxyHeaderException.class, () -> ProxyHeader.parse(bytes, 0, bytes.length));
        assertTrue(fault.getMessage().matches("The PROXY header [A-Za-z0-9', ]+"), fault.getMessage());
        assertFalse(fault.getMessage().contains("evil"));
    }

    /** A line without an end isn't waited for, whatever it is made of. */
    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN ", "PROXY TCP6 1:2:3:4:5:6:255.255.255.255 1:2:3:4:5:6:255.255.255.255 "})
    void isNoLongerThanALineMayBe(String beginning) throws IOException {
        byte[] line = (beginning + "1".repeat(200)).getBytes(StandardCharsets.ISO_8859_1);
        assertNull(ProxyHeader.parse(line, 0, beginning.length()));
        assertThrows(MalformedProxyHeaderException.class, () -> ProxyHeader.parse(line, 0, 107));
        byte[] tooLong = ("PROXY UNKNOWN " + " ".repeat(92) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(108, tooLong.length);
        assertNull(ProxyHeader.parse(tooLong, 0, 106));
        assertRefused("is longer than 107 bytes", tooLong, 107);
    }

    @Test
    void givesAMappedAddressTheJdksForm() throws IOException {
        byte[] line = "PROXY TCP6 ::ffff:203.0.113.9 ::1 1 2\r\n".getBytes(StandardCharsets.ISO_8859_1);
        ProxyHeader header = ProxyHeader.parse(line, 0, line.length);
        var source = (InetSocketAddress) header.source();
        assertInstanceOf(Inet4Address.class, source.getAddress());
        assertEquals(new InetSocketAddress("203.0.113.9", 1), source);
    }
}
