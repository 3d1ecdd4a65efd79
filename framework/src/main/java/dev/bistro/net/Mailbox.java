package dev.bistro.net;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Requests of other threads to a loop's connections. Each connection has its own mail, so that adding mail allocates
 * nothing: it must succeed also where there is no memory. A stack without locks (Treiber), which
 * the reader reverses, so that connections come in the order in which they got mail.
 */
final class Mailbox {
    private final AtomicReference<MailReceiver> newest = new AtomicReference<>();

    /** Adds mail of a kind for a connection, which is in the mailbox once however much mail it has; for any thread. */
    void add(MailReceiver connection, int mail) {
        if (connection.addMail(mail)) {
            MailReceiver before;
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
        MailReceiver next = oldestFirst(newest.getAndSet(null));
        while (next != null) {
            MailReceiver present = next;
            next = present.nextWithMail;
            present.nextWithMail = null;
            present.readMail(); // from now on it can be added again
        }
    }

    private static MailReceiver oldestFirst(MailReceiver newest) {
        MailReceiver reversed = null;
        for (MailReceiver next = newest; next != null; ) {
            MailReceiver before = next.nextWithMail;
            next.nextWithMail = reversed;
            reversed = next;
            next = before;
        }
        return reversed;
    }
}
