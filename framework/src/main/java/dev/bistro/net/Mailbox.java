package dev.bistro.net;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What other threads want of a loop's connections. Each connection has room for its own mail, a bit for each kind, so
 * that to add some needs no memory: it must succeed also when there is none. A stack without locks (Treiber), which the
 * reader turns over, so that the connections come in the order in which they had mail.
 */
final class Mailbox {
    private final AtomicReference<ServedConnection> newest = new AtomicReference<>();

    /** Adds mail of a kind for a connection, which is in here once however much it has; for any thread. */
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
            present.readMail(); // from here on it may be added again
        }
    }

    private static ServedConnection oldestFirst(ServedConnection newest) {
        ServedConnection turned = null;
        for (ServedConnection next = newest; next != null; ) {
            ServedConnection before = next.nextWithMail;
            next.nextWithMail = turned;
            turned = next;
            next = before;
        }
        return turned;
    }
}
