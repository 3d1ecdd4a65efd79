package dev.bistro.observe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Addresses without their ports, with IPv6 in its short form (RFC 5952, section 4): {@code 192.0.2.7},
 * {@code 2001:db8::7}.
 */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** The text; empty for none, as of a Unix domain socket, and for {@code 0.0.0.0}, which stands for none. */
    public static Optional<String> of(SocketAddress address) {
        return address instanceof InetSocketAddress ip
                        && ip.getAddress() != null
                        && !ip.getAddress().isAnyLocalAddress()
                ? Optional.of(text(ip.getAddress()))
                : Optional.empty();
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address six ? shortened(six) : address.getHostAddress();
    }

    private static String shortened(Inet6Address address) {
        int[] groups = groups(address.getAddress());
        int begin = 0;
        int end = 1; // of the longest run of zeros, which has to have two
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(groups, i);
            if (zeros > end - begin) {
                begin = i;
                end = i + zeros;
            }
        }
        boolean isShort = end - begin > 1;
        var text = new StringBuilder(40);
        for (int i = 0; i < GROUPS; i++) {
            if (isShort && i == begin) {
                text.append("::");
                i = end - 1;
            } else {
                text.append(i == 0 || isShort && i == end ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        return groups;
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
