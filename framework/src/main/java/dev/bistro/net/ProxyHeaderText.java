package dev.bistro.net;

import dev.bistro.net.ProxyHeaderReader.IncompleteException;
import java.nio.ByteBuffer;

/**
 * Version 1 of the PROXY protocol, a line of text (section 2.1).
 *
 * <pre>
 *   "PROXY TCP4 " ipv4 " " ipv4 " " port " " port CRLF
 *   "PROXY TCP6 " ipv6 " " ipv6 " " port " " port CRLF
 *   "PROXY UNKNOWN" [ " " anything ] CRLF
 *
 *   ipv4 = 4 numbers from 0 to 255 with dots between them
 *   port = a number from 0 to 65535
 *   ipv6 = 8 groups of 1 to 4 hexadecimal digits with colons between them; "::" once for one or more groups of zeros;
 *          an ipv4 may stand for the last two groups
 * </pre>
 *
 * <p>Numbers have no leading zeros. The section doesn't have the last form of an IPv6 address, which RFC 4291, section
 * 2.2 has; nginx and haproxy write addresses so that are mapped into IPv6.
 */
final class ProxyHeaderText {
    private static final int MAX_BYTES = 107; // with CRLF
    private static final int IPV6_BYTES = 16;
    private static final int IPV4_BYTES = 4;
    private static final int GROUP_BYTES = 2;
    private static final int MAX_GROUP_DIGITS = 4;
    private static final int MAX_PORT = 65_535;
    private static final int NOWHERE = -1;

    private static final String NO_PROTOCOL = "has a protocol that isn't TCP4, TCP6 or UNKNOWN";
    private static final String NO_IPV4 = "has an IPv4 address that isn't one";
    private static final String NO_IPV6 = "has an IPv6 address that isn't one";
    private static final String NO_PORT = "has a port that isn't a number from 0 to 65535";

    private final ProxyHeaderReader in;

    ProxyHeaderText(ProxyHeaderReader in) {
        this.in = in;
        in.limit(MAX_BYTES);
    }

    ProxyHeader read() throws MalformedProxyHeaderException, IncompleteException {
        in.expect("PROXY ", "doesn't begin with PROXY and a space");
        if (in.peek() == 'U') {
            in.expect("UNKNOWN", NO_PROTOCOL);
            skipLine();
            return new ProxyHeader(in.position(), null, null);
        }
        in.expect("TCP", NO_PROTOCOL);
        boolean isIpv4 = isIpv4();
        in.expect(" ", "has no space after its protocol");
        byte[] source = isIpv4 ? ipv4(' ') : ipv6();
        byte[] destination = isIpv4 ? ipv4(' ') : ipv6();
        int sourcePort = number(MAX_PORT, ' ', NO_PORT);
        int destinationPort = number(MAX_PORT, '\r', NO_PORT);
        endLine();
        return new ProxyHeader(
                in.position(),
                ProxyHeader.address(source, sourcePort),
                ProxyHeader.address(destination, destinationPort));
    }

    private boolean isIpv4() throws MalformedProxyHeaderException, IncompleteException {
        return switch (in.next()) {
            case '4' -> true;
            case '6' -> false;
            default -> throw ProxyHeaderReader.fault(NO_PROTOCOL);
        };
    }

    /** What follows UNKNOWN has no meaning, but it ends with the line, and is text. */
    private void skipLine() throws MalformedProxyHeaderException, IncompleteException {
        int c = in.next();
        if (c != ' ' && c != '\r') {
            throw ProxyHeaderReader.fault(NO_PROTOCOL);
        }
        while (c != '\r') {
            c = in.next();
            if (c != '\r' && (c < ' ' || c > '~')) {
                throw ProxyHeaderReader.fault("has a byte that isn't text");
            }
        }
        endLine();
    }

    private void endLine() throws MalformedProxyHeaderException, IncompleteException {
        in.expect("\n", "has a CR without LF");
    }

    /** A decimal number and what ends it. */
    private int number(int max, char end, String otherwise) throws MalformedProxyHeaderException, IncompleteException {
        int value = digit(in.next(), 10, otherwise);
        for (int c = in.next(); c != end; c = in.next()) {
            int next = value * 10 + digit(c, 10, otherwise);
            if (value == 0 || next > max) {
                throw ProxyHeaderReader.fault(otherwise);
            }
            value = next;
        }
        return value;
    }

    private static int digit(int c, int radix, String otherwise) throws MalformedProxyHeaderException {
        int digit = Character.digit(c, radix);
        if (digit < 0) {
            throw ProxyHeaderReader.fault(otherwise);
        }
        return digit;
    }

    /** Four numbers and what ends them. */
    private byte[] ipv4(char end) throws MalformedProxyHeaderException, IncompleteException {
        var address = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            char after = i == IPV4_BYTES - 1 ? end : '.';
            address[i] = (byte) number(0xFF, after, NO_IPV4);
        }
        return address;
    }

    /** Groups, of which a double colon may leave some out, and a space. */
    private byte[] ipv6() throws MalformedProxyHeaderException, IncompleteException {
        var groups = ByteBuffer.allocate(IPV6_BYTES);
        int zerosAt = NOWHERE;
        boolean isAfterZeros = false;
        if (in.peek() == ':') {
            in.expect("::", NO_IPV6);
            zerosAt = leaveOut(groups);
            isAfterZeros = true;
        }
        while (!isAfterZeros || in.peek() != ' ') {
            readGroup(groups, zerosAt != NOWHERE);
            if (in.peek() == ' ') {
                break;
            }
            if (!groups.hasRemaining()) {
                throw ProxyHeaderReader.fault(NO_IPV6);
            }
            in.expect(":", NO_IPV6);
            isAfterZeros = in.peek() == ':';
            if (isAfterZeros) {
                if (zerosAt != NOWHERE) {
                    throw ProxyHeaderReader.fault(NO_IPV6);
                }
                in.next();
                zerosAt = leaveOut(groups);
            }
        }
        if (zerosAt == NOWHERE && groups.hasRemaining()) {
            throw ProxyHeaderReader.fault(NO_IPV6);
        }
        in.expect(" ", NO_IPV6);
        return withZeros(groups, zerosAt);
    }

    /** A double colon stands for one group at least. */
    private static int leaveOut(ByteBuffer groups) {
        groups.limit(IPV6_BYTES - GROUP_BYTES);
        return groups.position();
    }

    private void readGroup(ByteBuffer groups, boolean hasZeros)
            throws MalformedProxyHeaderException, IncompleteException {
        if (!groups.hasRemaining()) {
            throw ProxyHeaderReader.fault(NO_IPV6);
        }
        int start = in.position();
        int value = digit(in.next(), 16, NO_IPV6);
        for (int digits = 1; Character.digit(in.peek(), 16) >= 0; digits++) {
            if (digits == MAX_GROUP_DIGITS) {
                throw ProxyHeaderReader.fault(NO_IPV6);
            }
            value = value << 4 | Character.digit(in.next(), 16);
        }
        if (in.peek() != '.') {
            groups.putShort((short) value);
            return;
        }
        int left = groups.remaining();
        if (left < IPV4_BYTES || !hasZeros && left > IPV4_BYTES) {
            throw ProxyHeaderReader.fault(NO_IPV6);
        }
        in.position(start);
        groups.put(ipv4(' '));
        in.position(in.position() - 1); // before the space
    }

    private static byte[] withZeros(ByteBuffer groups, int zerosAt) {
        byte[] address = groups.array();
        if (zerosAt == NOWHERE) {
            return address;
        }
        int after = groups.position() - zerosAt;
        var whole = new byte[IPV6_BYTES];
        System.arraycopy(address, 0, whole, 0, zerosAt);
        System.arraycopy(address, zerosAt, whole, IPV6_BYTES - after, after);
        return whole;
    }
}
