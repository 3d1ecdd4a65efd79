package dev.bistro.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Counts a server's connections, in all and for each client where that is limited, and those that were dropped. For any
 * thread.
 */
final class Connections {
    private static final int IPV6_NETWORK_BYTES = 8; // a /64, the usual network of one household or machine

    private final int max;
    private final int maxPerClient;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger takenOver = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final Map<Object, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder[] drops = IntStream.range(0, DropReason.values().length)
            .mapToObj(i -> new LongAdder())
            .toArray(LongAdder[]::new);

    /** Allows so many in all, and so many of one client; 0 for no limit on these. */
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

    /** Those of the open ones that another protocol has taken over. */
    int takenOver() {
        return takenOver.get();
    }

    void countTakenOver(int change) {
        takenOver.addAndGet(change);
    }

    long accepted() {
        return accepted.sum();
    }

    /**
     * Counts one more; false if its client has too many already.
     *
     * @param address the client's; null if it isn't known yet
     */
    boolean add(SocketAddress address) {
        if (!addClient(address)) {
            return false;
        }
        accepted.increment();
        open.incrementAndGet();
        return true;
    }

    /** Counts a connection for a client that wasn't known when it was added; false if the client has too many. */
    boolean addClient(SocketAddress address) {
        Object client = client(address);
        if (client != null && perClient.merge(client, 1, Integer::sum) > maxPerClient) {
            forget(client);
            count(DropReason.TOO_MANY_FROM_ADDRESS, 1);
            return false;
        }
        return true;
    }

    /**
     * Counts one less; returns how many there are now.
     *
     * @param address for which it was counted; null if for none
     */
    int remove(SocketAddress address) {
        Object client = client(address);
        if (client != null) {
            forget(client);
        }
        return open.decrementAndGet();
    }

    private void forget(Object client) {
        perClient.computeIfPresent(client, (present, count) -> count > 1 ? count - 1 : null);
    }

    private Object client(SocketAddress address) {
        return maxPerClient > 0 && address instanceof InetSocketAddress ip ? clientOf(ip.getAddress()) : null;
    }

    /**
     * The key of a client: its IPv4 address, or its /64 network of IPv6. Null for this machine's own addresses, which
     * have no limit.
     */
    private static Object clientOf(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return null;
        }
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
    }

    /** Counts dropped connections; a count may be lost where there is no memory. */
    void count(DropReason reason, int times) {
        try {
            drops[reason.ordinal()].add(times);
        } catch (OutOfMemoryError missed) {
            // losing the count is better than failing the caller
        }
    }

    long count(DropReason reason) {
        return drops[reason.ordinal()].sum();
    }
}
