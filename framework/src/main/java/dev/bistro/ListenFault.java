package dev.bistro;

import dev.bistro.startup.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * An address that the server can't listen at, and the setting that helps. Which one it is follows from the address and
 * not from the system's message, since that is in the system's language.
 *
 * @param otherHost the cure if the host is wrong
 * @param otherPort the end of the cure if the port is: another one {@code " in server.listen"}
 */
record ListenFault(SocketAddress address, String otherHost, String otherPort) {
    private static final int FIRST_FREE_PORT = 1024;

    /** Of one of the addresses for the application. */
    static ListenFault of(SocketAddress address, ServerListening settings) {
        boolean isSecurePort = settings.securePort().filter(address::equals).isPresent();
        boolean isListed = !settings.listen().isEmpty() && !isSecurePort;
        String port = isSecurePort
                ? ": --server.tls.port=9443, SERVER_TLS_PORT=9443"
                : ": --server.port=9000, SERVER_PORT=9000";
        return new ListenFault(
                address,
                "Set " + (isListed ? "server.listen" : "server.host")
                        + " to an address of this machine, or to 0.0.0.0 for all.",
                isListed ? " in server.listen" : port);
    }

    /** Of the address for management. */
    static ListenFault ofManagement(SocketAddress address) {
        return new ListenFault(
                address,
                "Set management.host to an address of this machine, such as 127.0.0.1.",
                ": --management.port=9001, MANAGEMENT_PORT=9001");
    }

    Problem unknownHost() {
        return problem("this host is not known", otherHost);
    }

    /** @param why the system's message: {@code "Address already in use"} */
    Problem because(String why) {
        return problem(why, cure());
    }

    private Problem problem(String why, String cure) {
        String text = address instanceof InetSocketAddress ip
                ? ip.getHostString() + ":" + ip.getPort()
                : ListenAddresses.text(address);
        return Problem.of("cannot-listen", "Can't listen on " + text + ": " + why + ".")
                .cure(cure);
    }

    private String cure() {
        if (!(address instanceof InetSocketAddress ip)) {
            return "Look at the path in server.listen, and at who may write to its folder.";
        }
        if (!isOurs(ip.getAddress())) {
            return otherHost;
        }
        boolean isPrivileged = ip.getPort() > 0 && ip.getPort() < FIRST_FREE_PORT;
        return (isPrivileged
                        ? "Ports below 1024 need a permission, such as CAP_NET_BIND_SERVICE, and may not be in use."
                                + " Give it to the server, or"
                        : "Stop what uses the port, or")
                + " take another one" + otherPort + ", or 0 for a free one.";
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
