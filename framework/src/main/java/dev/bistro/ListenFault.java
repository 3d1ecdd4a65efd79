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
 */
record ListenFault(ServerListening settings, SocketAddress address) {
    private static final int FIRST_FREE_PORT = 1024;

    Problem unknownHost() {
        return problem("this host is not known", otherHost());
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
            return otherHost();
        }
        boolean isPrivileged = ip.getPort() > 0 && ip.getPort() < FIRST_FREE_PORT;
        return (isPrivileged
                        ? "Ports below 1024 need a permission, such as CAP_NET_BIND_SERVICE, and may not be in use."
                                + " Give it to the server, or"
                        : "Stop what uses the port, or")
                + " take another one" + otherPort() + ", or 0 for a free one.";
    }

    private String otherHost() {
        return "Set " + (isListed() ? "server.listen" : "server.host")
                + " to an address of this machine, or to 0.0.0.0 for all.";
    }

    private String otherPort() {
        if (isListed()) {
            return " in server.listen";
        }
        return isSecurePort()
                ? ": --server.tls.port=9443, SERVER_TLS_PORT=9443"
                : ": --server.port=9000, SERVER_PORT=9000";
    }

    private boolean isListed() {
        return !settings.listen().isEmpty() && !isSecurePort();
    }

    private boolean isSecurePort() {
        return settings.securePort().filter(address::equals).isPresent();
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
