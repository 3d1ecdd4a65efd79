package dev.bistro;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of {@code server.listen}.
 *
 * <pre>
 * address = "unix:" path                      absolute, of 107 bytes at most     unix:/run/shop.sock
 *         / host ":" port                     a name or an IPv4 address          0.0.0.0:8080
 *         / "[" IPv6 address "]" ":" port     port 0 for a free one              [::1]:8080
 * </pre>
 *
 * @param addresses those that are right, in their order; hosts are resolved
 * @param faults a sentence without a full stop for each of the others: {@code "8080" has no host: …}
 */
record ListenAddresses(List<SocketAddress> addresses, List<String> faults) {
    private static final String UNIX = "unix:";

    /** What the address of a Unix domain socket has room for on Linux, without the zero behind the path. */
    private static final int MAX_PATH_BYTES = 107;

    static final int MAX_PORT = 65_535;

    /** An address that is wrong; the message follows its text in a sentence. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message);
        }
    }

    /** Reads addresses; those of hosts that aren't digits are looked up. */
    static ListenAddresses parse(List<String> texts) {
        var addresses = new ArrayList<SocketAddress>();
        var faults = new ArrayList<String>();
        for (String text : texts) {
            try {
                SocketAddress address = address(text);
                Optional<SocketAddress> same = clash(address, addresses);
                if (same.isPresent()) {
                    throw new Fault("listens where " + text(same.get()) + " does");
                }
                addresses.add(address);
            } catch (Fault e) {
                faults.add('"' + text + "\" " + e.getMessage());
            }
        }
        return new ListenAddresses(List.copyOf(addresses), List.copyOf(faults));
    }

    private static SocketAddress address(String text) throws Fault {
        return text.startsWith(UNIX) ? unix(text.substring(UNIX.length())) : tcp(text);
    }

    // ---- Unix domain sockets

    private static SocketAddress unix(String text) throws Fault {
        Path path = path(text);
        if (text.isEmpty() || path.getFileName() == null || text.endsWith(File.separator)) {
            throw new Fault("names no file: unix:/run/shop.sock");
        }
        if (!path.isAbsolute()) {
            throw new Fault("has a path that depends on the working directory: write one such as unix:/run/shop.sock");
        }
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new Fault(
                    "has a path of " + length + " bytes, and that of a socket has " + MAX_PATH_BYTES + " at the most");
        }
        return UnixDomainSocketAddress.of(path);
    }

    private static Path path(String text) throws Fault {
        try {
            return Path.of(text).normalize();
        } catch (InvalidPathException e) {
            throw new Fault("has a path that can't be: " + e.getReason());
        }
    }

    // ---- TCP

    private static SocketAddress tcp(String text) throws Fault {
        boolean isLiteral = text.startsWith("[");
        int end = isLiteral ? text.indexOf(']') + 1 : text.indexOf(':');
        if (isLiteral && end == 0) {
            throw new Fault("has a bracket that isn't closed: [::1]:8080");
        }
        if (!isLiteral && text.indexOf(':', end + 1) > 0) {
            throw new Fault("has several colons: an IPv6 address is in brackets, as in [::1]:8080");
        }
        if (end < 0 || end == text.length() || text.charAt(end) != ':') {
            throw new Fault("isn't a host, a colon and a port: 0.0.0.0:8080");
        }
        String host = text.substring(0, end);
        if (host.isEmpty()) {
            throw new Fault("has no host: write 0.0.0.0" + text + " for all addresses of this machine");
        }
        int port = port(text.substring(end + 1));
        return new InetSocketAddress(resolve(host), port);
    }

    private static int port(String text) throws Fault {
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (number < 0 || number > MAX_PORT) {
            throw new Fault("has no port from 0 to " + MAX_PORT + " behind the colon");
        }
        return number;
    }

    private static InetAddress resolve(String host) throws Fault {
        try {
            if (host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
                throw new UnknownHostException();
            }
            return InetAddress.getByName(host); // what is in brackets is an IPv6 address, or unknown
        } catch (UnknownHostException e) {
            throw new Fault("names a host that isn't known");
        }
    }

    // ---- addresses that can't be listened on together

    /** The one of the addresses where this one would listen too; empty if there is none. */
    static Optional<SocketAddress> clash(SocketAddress address, List<SocketAddress> others) {
        return others.stream().filter(other -> clash(address, other)).findFirst();
    }

    private static boolean clash(SocketAddress one, SocketAddress other) {
        if (!(one instanceof InetSocketAddress ip && other instanceof InetSocketAddress otherIp)) {
            return one.equals(other);
        }
        return ip.getPort() != 0
                && !ip.isUnresolved()
                && !otherIp.isUnresolved()
                && ip.getPort() == otherIp.getPort()
                && (ip.getAddress().equals(otherIp.getAddress()) || isAll(ip, otherIp) || isAll(otherIp, ip));
    }

    /** Whether the first stands for all addresses of its kind, and the other is one of these. */
    private static boolean isAll(InetSocketAddress all, InetSocketAddress one) {
        return all.getAddress().isAnyLocalAddress()
                && all.getAddress().getClass() == one.getAddress().getClass();
    }

    /** As it is written in the setting. */
    static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress ip)) {
            return UNIX + address;
        }
        String host = ip.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + ip.getPort();
    }
}
