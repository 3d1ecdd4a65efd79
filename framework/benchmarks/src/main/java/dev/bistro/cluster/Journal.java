package dev.bistro.cluster;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What clients have sent, each with a key of its own, and what of that has been acknowledged. For any thread. */
final class Journal {
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    void sends(String key) {
        sent.add(key);
    }

    void acknowledges(String key) {
        acknowledged.add(key);
    }

    Set<String> sent() {
        return sent;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }
}
