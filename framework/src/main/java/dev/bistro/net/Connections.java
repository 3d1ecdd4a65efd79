package dev.bistro.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Counts a server's connections, those of each client where that is limited, and those that were cut off. For any
 * thread.
 */
final class Connections {
    private static final int IPV6_NETWORK_BYTES = 8; // a /64, which is what one household or machine has

    private final int max;
    private final int maxPerClient;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final Map<Object, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder[] drops = IntStream.range(0, DropReason.values().length)
            .mapToObj(i -> new LongAdder())
            .toArray(LongAdder[]::new);

    /** So many in all, and so many of one client; 0 for as many as there are. */
    Connections(int max, int maxPerClient) {
        this.max = max;
        this.maxPerClient = maxPerClient;
    }

    boolean hasRoom() {
        return open.get() < max;
    }

    int open() {
        return open.get();
    }

    long accepted() {
        return accepted.sum();
    }

    /** Counts one more; false if its client has too many. */
    boolean add(InetSocketAddress remote) {
        Object client = client(remote);
        if (client != null && perClient.merge(client, 1, Integer::sum) > maxPerClient) {
            forget(client);
            count(DropReason.TOO_MANY_FROM_ADDRESS, 1);
            return false;
        }
        accepted.increment();
        open.incrementAndGet();
        return true;
    }

    /** One is closed; how many there are now. */
    int remove(InetSocketAddress remote) {
        Object client = client(remote);
        if (client != null) {
            forget(client);
        }
        return open.decrementAndGet();
    }

    private void forget(Object client) {
        perClient.computeIfPresent(client, (present, count) -> count > 1 ? count - 1 : null);
    }

    private Object client(InetSocketAddress remote) {
        return maxPerClient > 0 ? clientOf(remote.getAddress()) : null;
    }

    /**
     * What connections of one client have in common: the address, or of IPv6 its /64 network. Null for this machine's
     * own.
     */
    private static Object clientOf(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return null;
        }
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
    }

    /** Where memory has ended, one may be missed. */
    void count(DropReason cut, int times) {
        try {
            drops[cut.ordinal()].add(times);
        } catch (OutOfMemoryError missed) {
            // what is counted matters more than the count
        }
    }

    long count(DropReason cut) {
        return drops[cut.ordinal()].sum();
    }
}
