package dev.bistro.net;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Requests of other threads to a loop's connections. Each connection has its own mail, a bit for each kind, so that
 * adding mail allocates nothing: it must succeed also where there is no memory. A stack without locks (Treiber), which
 * the reader reverses, so that connections come in the order in which they got mail.
 */
final class Mailbox {
    private final AtomicReference<ServedConnection> newest = new AtomicReference<>();

    /** Adds mail of a kind for a connection, which is in the mailbox once however much mail it has; for any thread. */
    void add(ServedConnection connection, int mail) {
        if (connection.addMail(mail)) {
            ServedConnection before;
            do {
                before = newest.get();
                connection.nextWithMail = before;
            } while (!newest.compareAndSet(before, connection));
        }
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /** Has each connection that has mail read it. */
    void read() {
        ServedConnection next = oldestFirst(newest.getAndSet(null));
        while (next != null) {
            ServedConnection present = next;
            next = present.nextWithMail;
            present.nextWithMail = null;
            present.readMail(); // from now on it can be added again
        }
    }

    private static ServedConnection oldestFirst(ServedConnection newest) {
        ServedConnection reversed = null;
        for (ServedConnection next = newest; next != null; ) {
            ServedConnection before = next.nextWithMail;
            next.nextWithMail = reversed;
            reversed = next;
            next = before;
        }
        return reversed;
    }
}
