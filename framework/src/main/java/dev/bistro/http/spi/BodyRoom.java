package dev.bistro.http.spi;

import dev.bistro.http.Payload;
import java.util.Arrays;

/**
 * Room in an output that a transport lends to the target that answers a request: a body that is written
 * there is sent from there, without a copy. It is the payload of the response then. Nobody else may write to the
 * output before the target returns, and nothing of the room is sent unless the target returns it.
 *
 * <pre>
 *   output:  │ answers before │ for the head │ start ── body ── end │ free
 * </pre>
 *
 * <p>Used by the one thread that it is lent to, and once for each loan. An output has one for all requests; references
 * are only set where they change, since a collector of garbage wants to know of each that is set in an old object.
 */
public abstract class BodyRoom implements Payload {
    private Thread borrower;
    private boolean isLent;
    private boolean isTaken;
    private boolean isPlaced;
    private byte[] array;
    private int start;
    private int end;

    /** For transports. */
    protected BodyRoom() {}

    /** Lends it to the present thread. */
    protected final void lend() {
        Thread present = Thread.currentThread();
        if (borrower != present) {
            borrower = present;
        }
        isLent = true;
        isTaken = false;
        isPlaced = false;
    }

    /** Takes it, which can be done once, and by the borrower alone. */
    final boolean take() {
        if (!isLent || isTaken || borrower != Thread.currentThread()) {
            return false;
        }
        isTaken = true;
        return true;
    }

    /**
     * Ends the loan.
     *
     * @param isForLater whether a body may have been written that is sent later: it is kept then, and the room isn't
     *     lent once more
     */
    protected final void endLoan(boolean isForLater) {
        isLent = false;
        if (isForLater && isPlaced) {
            array = Arrays.copyOfRange(array, start, end);
            end = array.length;
            start = 0;
        }
    }

    /** Whether somebody has taken it since it was lent. */
    protected final boolean isTaken() {
        return isTaken;
    }

    /** Forgets where it was, so that nobody sends what will be there. */
    protected final void clear() {
        isPlaced = false;
    }

    /**
     * Finds room for a body.
     *
     * @param likelyBytes how long it is likely to be
     * @return false if there is none; the body is made elsewhere then
     */
    public abstract boolean reserve(int likelyBytes);

    /** Sets where the room is. */
    protected final void place(byte[] in, int from) {
        if (array != in) {
            array = in;
        }
        isPlaced = true;
        start = from;
        end = from;
    }

    /** What has the room: from {@link #start} to its end. */
    public final byte[] array() {
        if (!isPlaced) {
            throw new IllegalStateException("The body was sent, or the room was never taken");
        }
        return array;
    }

    /** Where the body begins. */
    public final int start() {
        return start;
    }

    /** How long the body is. */
    public final int length() {
        return end - start;
    }

    /** The body has been written to its end: the payload of the response. */
    public final Payload endAt(int last) {
        end = last;
        return this;
    }
}
