package dev.bistro.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the TLS handshakes of a server. For any thread. A count may be lost where there is no memory. */
final class TlsHandshakes {
    private final Map<String, LongAdder> byVersion = new ConcurrentHashMap<>();
    private final LongAdder failed = new LongAdder();

    /** The versions that servers speak are there from the start, so that nobody takes no handshake for no figure. */
    TlsHandshakes() {
        byVersion.put("TLSv1.2", new LongAdder());
        byVersion.put("TLSv1.3", new LongAdder());
    }

    /**
     * One succeeded.
     *
     * @param version as the JDK names it: {@code TLSv1.3}
     */
    void succeeded(String version) {
        try {
            byVersion.computeIfAbsent(version, further -> new LongAdder()).increment();
        } catch (OutOfMemoryError missed) {
            // losing the count is better than failing the caller
        }
    }

    void failed() {
        try {
            failed.increment();
        } catch (OutOfMemoryError missed) {
            // as above
        }
    }

    long failures() {
        return failed.sum();
    }

    /** How many succeeded, by version. */
    Map<String, Long> successes() {
        var successes = new TreeMap<String, Long>();
        byVersion.forEach((version, count) -> successes.put(version, count.sum()));
        return successes;
    }
}
