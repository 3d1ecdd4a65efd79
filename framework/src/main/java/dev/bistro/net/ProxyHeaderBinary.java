package dev.bistro.net;

import dev.bistro.net.ProxyHeaderReader.IncompleteException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;

/**
 * Version 2 of the PROXY protocol, in binary (section 2.2).
 *
 * <pre>
 *    0        signature, 12 bytes
 *   12        version (2) and command: LOCAL (0), PROXY (1)         4 bits each
 *   13        family: unspecified (0), IPv4 (1), IPv6 (2), UNIX (3)
 *             and transport: unspecified (0), STREAM (1), DGRAM (2)
 *   14        length of all that follows, 2 bytes
 *   16        source and destination address, 4, 16 or 108 bytes each
 *             source and destination port, 2 bytes each; none for UNIX
 *             TLVs: type (1 byte), length (2 bytes), value
 * </pre>
 *
 * <p>LOCAL comes from the proxy itself, such as a check whether the server is well. What follows its length is passed
 * over, and so it is where the family or the transport is unspecified, since nobody knows where TLVs begin then. DGRAM
 * is refused: what a proxy received as datagrams isn't the connection that is here.
 *
 * <p>Of the TLVs, only the checksum has a meaning here. All others are passed over, but have to end where the header
 * does.
 */
final class ProxyHeaderBinary {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;

    private static final int UNSPECIFIED = 0;
    private static final int STREAM = 1;
    private static final int DGRAM = 2;

    private static final int HEAD_BYTES = 16;
    private static final int TLV_HEAD_BYTES = 3;
    private static final int CHECKSUM = 0x03;
    private static final int NOWHERE = -1;
    private static final String WITHIN_TLV = "ends within a TLV";

    /** A family's number is its place here. */
    private enum Family {
        UNSPECIFIED(0, 0),
        IPV4(4, Short.BYTES),
        IPV6(16, Short.BYTES),
        UNIX(108, 0);

        private final int addressBytes;
        private final int portBytes;

        Family(int addressBytes, int portBytes) {
            this.addressBytes = addressBytes;
            this.portBytes = portBytes;
        }

        /** How long both addresses and ports are. */
        int bytes() {
            return 2 * (addressBytes + portBytes);
        }
    }

    private final ProxyHeaderReader in;

    ProxyHeaderBinary(ProxyHeaderReader in) {
        this.in = in;
    }

    ProxyHeader read() throws MalformedProxyHeaderException, IncompleteException {
        in.expect(SIGNATURE, "doesn't begin with PROXY or the signature of version 2");
        boolean isLocal = readCommand() == LOCAL;
        Family family = readFamily(isLocal);
        int end = HEAD_BYTES
                + readLength(ProxyHeader.MAX_BYTES - HEAD_BYTES, "is longer than " + ProxyHeader.MAX_BYTES + " bytes");
        if (family == Family.UNSPECIFIED) {
            in.skip(end - in.position());
            return new ProxyHeader(end, null, null);
        }
        checkRest(end - in.position() - family.bytes(), "is too short for its addresses");
        ProxyHeader header = family == Family.UNIX ? readPaths(end) : readAddresses(family, end);
        readTlvs(end);
        return header;
    }

    private ProxyHeader readPaths(int end) throws MalformedProxyHeaderException, IncompleteException {
        SocketAddress source = path(in.next(Family.UNIX.addressBytes));
        return new ProxyHeader(end, source, path(in.next(Family.UNIX.addressBytes)));
    }

    private ProxyHeader readAddresses(Family family, int end)
            throws MalformedProxyHeaderException, IncompleteException {
        byte[] source = in.next(family.addressBytes);
        byte[] destination = in.next(family.addressBytes);
        SocketAddress client = ProxyHeader.address(source, in.nextShort());
        return new ProxyHeader(end, client, ProxyHeader.address(destination, in.nextShort()));
    }

    private int readCommand() throws MalformedProxyHeaderException, IncompleteException {
        int next = in.next();
        if (next >> 4 != VERSION) {
            throw ProxyHeaderReader.fault("has a version that isn't 2");
        }
        int command = next & 0xF;
        if (command != LOCAL && command != PROXY) {
            throw ProxyHeaderReader.fault("has a command that isn't LOCAL or PROXY");
        }
        return command;
    }

    /** The family of the addresses that count; unspecified if none do. */
    private Family readFamily(boolean isLocal) throws MalformedProxyHeaderException, IncompleteException {
        int next = in.next();
        int family = next >> 4;
        int transport = next & 0xF;
        if (isLocal) {
            return Family.UNSPECIFIED;
        }
        if (family >= Family.values().length) {
            throw ProxyHeaderReader.fault("has a family that isn't known");
        }
        if (transport == DGRAM) {
            throw ProxyHeaderReader.fault("is that of datagrams");
        }
        if (transport != STREAM && transport != UNSPECIFIED) {
            throw ProxyHeaderReader.fault("has a transport that isn't known");
        }
        return transport == UNSPECIFIED ? Family.UNSPECIFIED : Family.values()[family];
    }

    /** A length of what follows, which is refused at its first byte if that is too much already. */
    private int readLength(int max, String otherwise) throws MalformedProxyHeaderException, IncompleteException {
        int length = in.next() << Byte.SIZE;
        if (length <= max) {
            length |= in.next();
        }
        if (length > max) {
            throw ProxyHeaderReader.fault(otherwise);
        }
        return length;
    }

    /** What is left after something is nothing, or can hold a TLV. */
    private static void checkRest(int bytes, String otherwise) throws MalformedProxyHeaderException {
        if (bytes < 0) {
            throw ProxyHeaderReader.fault(otherwise);
        }
        if (bytes > 0 && bytes < TLV_HEAD_BYTES) {
            throw ProxyHeaderReader.fault(WITHIN_TLV);
        }
    }

    private void readTlvs(int end) throws MalformedProxyHeaderException, IncompleteException {
        int checksumAt = NOWHERE;
        while (in.position() < end) {
            int type = in.next();
            int length = readLength(end - in.position() - Short.BYTES, WITHIN_TLV);
            checkRest(end - in.position() - length, WITHIN_TLV);
            if (type == CHECKSUM) {
                if (checksumAt != NOWHERE || length != Integer.BYTES) {
                    throw ProxyHeaderReader.fault("has two checksums, or one that isn't of 4 bytes");
                }
                checksumAt = in.position();
            }
            in.skip(length);
        }
        if (checksumAt != NOWHERE) {
            verify(checksumAt);
        }
    }

    private void verify(int checksumAt) throws MalformedProxyHeaderException, IncompleteException {
        int end = in.position();
        int expected = in.checksum(checksumAt);
        in.position(checksumAt);
        int sent = ByteBuffer.wrap(in.next(Integer.BYTES)).getInt();
        in.position(end);
        if (sent != expected) {
            throw ProxyHeaderReader.fault("has a checksum that isn't its own");
        }
    }

    /**
     * The address of a Unix domain socket, whose path ends with its first zero; the empty path if it has none. A name
     * that begins with a zero is no path (Linux calls it abstract), so it has none either.
     */
    private static SocketAddress path(byte[] bytes) throws MalformedProxyHeaderException {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        try {
            return UnixDomainSocketAddress.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException | InvalidPathException e) {
            throw ProxyHeaderReader.fault("has a path that isn't one");
        }
    }
}
