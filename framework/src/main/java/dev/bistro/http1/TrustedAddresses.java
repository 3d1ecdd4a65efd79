package dev.bistro.http1;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses of proxies whose word on their clients is believed. */
public final class TrustedAddresses {
    /** Stands for peers without an address of IP, which come over a Unix domain socket. */
    private static final String UNIX = "unix";

    private final AddressRange[] ranges;
    private final boolean trustsUnix;

    private TrustedAddresses(List<AddressRange> ranges, boolean trustsUnix) {
        this.ranges = ranges.toArray(AddressRange[]::new);
        this.trustsUnix = trustsUnix;
    }

    /**
     * Reads a list of addresses, ranges and the word {@code unix}: {@code parse(List.of("10.0.0.0/8", "::1"))}.
     *
     * @throws IllegalArgumentException if one of them is none of these
     */
    public static TrustedAddresses parse(List<String> entries) {
        var ranges = new ArrayList<AddressRange>();
        for (String entry : entries) {
            if (!entry.equals(UNIX)) {
                ranges.add(AddressRange.parse(entry));
            }
        }
        return new TrustedAddresses(ranges, entries.contains(UNIX));
    }

    /** What is wrong with an entry, to follow it in a sentence; empty if it is right. */
    public static Optional<String> fault(String entry) {
        try {
            parse(List.of(entry));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Whether this peer or hop is one of them. */
    public boolean contains(SocketAddress address) {
        if (!(address instanceof InetSocketAddress ip)) {
            return trustsUnix;
        }
        for (AddressRange range : ranges) {
            if (range.contains(ip.getAddress())) {
                return true;
            }
        }
        return false;
    }
}
