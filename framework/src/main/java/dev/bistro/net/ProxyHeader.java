package dev.bistro.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * What a proxy tells of a client at the beginning of a connection, by the PROXY protocol. Names are never looked up.
 *
 * <p>{@code ProxyHeader.parse} of {@code "PROXY TCP4 203.0.113.9 192.0.2.1 56324 443\r\nGET / HTTP/1.1\r\n"} has the
 * length 44, the source {@code 203.0.113.9:56324} and the destination {@code 192.0.2.1:443}.
 *
 * @param length how many bytes the header has
 * @param source the client's address: an {@link InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}; null
 *     if the proxy doesn't tell, so that the connection's own counts
 * @param destination the address that the client connected to; null where the source is
 * @see <a href="https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt">The PROXY protocol, versions 1 and 2</a>
 */
record ProxyHeader(int length, SocketAddress source, SocketAddress destination) {
    /** No header is longer. Version 2 would allow 65,551 bytes, but no proxy has so much to say. */
    static final int MAX_BYTES = 4_096;

    /**
     * Reads the header at the beginning of some bytes. As long as it isn't complete, it is read again from its first
     * byte when there are more.
     *
     * @return null if more bytes are needed, and then there are fewer than {@link #MAX_BYTES} yet
     * @throws MalformedProxyHeaderException as soon as the bytes can't become a header by whatever follows
     */
    static ProxyHeader parse(byte[] bytes, int from, int to) throws MalformedProxyHeaderException {
        var reader = new ProxyHeaderReader(bytes, from, to);
        try {
            return reader.peek() == 'P' ? new ProxyHeaderText(reader).read() : new ProxyHeaderBinary(reader).read();
        } catch (ProxyHeaderReader.IncompleteException more) {
            return null;
        }
    }

    /** An address of 4 or 16 bytes. An IPv4 address that is mapped into an IPv6 one is the IPv4 address. */
    static InetSocketAddress address(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e); // for a length that no address has
        }
    }
}
