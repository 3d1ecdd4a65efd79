package dev.bistro.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Takes mail of other threads through its loop's {@link Mailbox}: a bit for each kind, so that adding mail allocates
 * nothing.
 */
abstract class MailReceiver {
    private static final VarHandle MAIL;

    static {
        try {
            MAIL = MethodHandles.lookup().findVarHandle(MailReceiver.class, "mail", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    MailReceiver nextWithMail; // for the mailbox

    @SuppressWarnings("unused") // accessed through MAIL
    private volatile int mail;

    /** Adds a kind of mail; true if there was none of any kind. */
    final boolean addMail(int kind) {
        return (int) MAIL.getAndBitwiseOr(this, kind) == 0;
    }

    /** Whether there is mail of one of these kinds that wasn't taken yet. */
    final boolean hasMail(int kinds) {
        return ((int) MAIL.getVolatile(this) & kinds) != 0;
    }

    /** Takes all kinds of mail that there are. */
    final int takeMail() {
        return (int) MAIL.getAndSet(this, 0);
    }

    /**
     * Acts on the mail. Called by the leader, or when the loop has ended, by one thread at a time. Never throws, since
     * that would keep the receivers behind it from reading theirs.
     */
    abstract void readMail();
}
