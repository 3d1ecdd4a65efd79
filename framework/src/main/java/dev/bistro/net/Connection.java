package dev.bistro.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;

/**
 * A client's connection, as a protocol sees it. It has one owner (a thread) at a time. The owner calls the protocol's
 * methods, and only the owner may call these ones, except {@link #wake}, {@link #executeUnowned},
 * {@link #breakOff}, {@link #budget} and {@link #isStopping}, which are for any thread.
 *
 * <p>Code of the application runs in one of four ways. In two of them its thread owns the connection: {@link #runOwned}
 * on this thread, and {@link #handOff} on a thread of its own. In the other two it doesn't: {@link #callUnowned} for
 * one handler whose end the protocol waits for, and {@link #executeUnowned} for anything else.
 */
public abstract class Connection {
    /** The most that is read at once unless much input is expected. */
    private static final int FEW_BYTES = 4 * 1024;

    final long id;
    // set by the protocol and its tasks; for the owner
    Protocol protocol;
    private byte[] leftover = Input.nothing();
    boolean callAgain;
    boolean reading = true;
    boolean bulkReading;
    Task handedOff;
    private Ending ending = Ending.NO;

    Connection(long id) {
        this.id = id;
    }

    /** A number that no other connection of this server has. */
    public long id() {
        return id;
    }

    /** The address that the connection comes from: the client's, or a proxy's. */
    public abstract SocketAddress peerAddress();

    /**
     * The client's address: the peer's, or what a proxy said by the PROXY protocol; empty if that proxy said nothing of
     * it.
     */
    public Optional<SocketAddress> remoteAddress() {
        return Optional.of(peerAddress());
    }

    /** What TLS has agreed on; empty where the connection is plain. */
    public Optional<SSLSession> tlsSession() {
        return Optional.empty();
    }

    /** Calls {@link Protocol#onDeadline} after this time, unless another deadline is set before. */
    public abstract void setDeadline(long millis);

    /** Removes the deadline. */
    public abstract void clearDeadline();

    /**
     * Sets a deadline as {@link #setDeadline} does, and marks the connection as idle. Where the server has no room for
     * a new connection, the deadline of the longest idle one comes early.
     */
    public abstract void setIdleDeadline(long millis);

    /**
     * Whether a handler of this profile may run on the loop's thread, by {@link #runOwned}: it isn't known to wait,
     * few of its runs hold up a loop at this moment, and a worker is in reserve that could take over the loop.
     */
    public abstract boolean mayRunOwned(ExecutionProfile profile);

    /**
     * Runs a handler, which mustn't throw, on this thread, which owns the connection meanwhile. If the handler holds up
     * the loop, another worker takes over the loop; this thread has {@linkplain #hasLeftLoop left the loop} then, and
     * owns the connection until the protocol returns. The profile learns from the run.
     */
    public abstract void runOwned(Runnable handler, ExecutionProfile profile);

    /**
     * Whether this thread no longer leads the connection's loop. The protocol should write what it has and return then,
     * even if there is more input; the loop calls it again.
     */
    public abstract boolean hasLeftLoop();

    /**
     * Runs a task on a thread of its own, which owns the connection then. The task begins when the protocol has
     * returned, which it must do at once, and its output has gone out. The protocol is called again when the task is
     * done. If no thread becomes free for the task, it is {@linkplain Task#refuse refused}.
     */
    public void handOff(Task task) {
        handedOff = task;
    }

    /**
     * Has the owner call {@link Protocol#onWake} as soon as the connection is at rest and its output has gone out. For
     * any thread at any time; several calls may lead to one {@code onWake}. Allocates nothing and never throws.
     */
    public abstract void wake();

    /**
     * Runs code on a thread of its own, which may wait and does <em>not</em> own the connection; the code reaches it by
     * {@link #wake}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server has stopped, or no thread is free for it
     */
    public abstract void executeUnowned(Runnable code);

    /**
     * Breaks the connection off soon, whoever owns it: nothing more is read or written, and the protocol is told that
     * it is closed. For any thread at any time.
     */
    public abstract void breakOff();

    /**
     * Runs a handler that does <em>not</em> own the connection, when the protocol has returned and its output has gone
     * out: on this thread, or if the handler is known to wait, on one of its own. Calls {@link Protocol#onWake} when it
     * is done. If the handler holds up the loop, another worker takes over the loop, and this connection with it. There
     * may be one such handler at a time.
     */
    public abstract void callUnowned(Call call);

    /**
     * The bytes that the server may keep in memory for all its clients. A protocol takes the bytes that it keeps from
     * here first.
     */
    public abstract ByteBudget budget();

    /**
     * Sets whether much input is expected, as for the rest of a body: then a whole read buffer is read at once.
     * Otherwise it is a few KiB, so that a client which sends more than the protocol takes now costs little.
     */
    public void setBulkReading(boolean much) {
        bulkReading = much;
    }

    /**
     * Sets whether the protocol wants input. If not, nothing is read, and the client's leaving isn't noticed before
     * something is written.
     */
    public void setReading(boolean wanted) {
        reading = wanted;
    }

    /**
     * Has another protocol continue with the connection when the present one returns, beginning with the input that was
     * left over.
     */
    public void replaceProtocol(Protocol next) {
        protocol = next;
    }

    /** Closes the connection when all output has gone out. */
    public void end() {
        ending = ending == Ending.NO ? Ending.WHEN_WRITTEN : ending;
    }

    /**
     * Closes the connection when all output has gone out and the client has had time to read it. Closing a socket with
     * unread input resets the connection, and the reset may destroy output on its way to the client (RFC 9112, section
     * 9.6).
     */
    public void endWithUnreadInput() {
        ending = Ending.WHEN_READ;
    }

    /** How the protocol has asked the connection to end. */
    enum Ending {
        NO,
        /** When all output is written. */
        WHEN_WRITTEN,
        /** When all output is written, and the client has had time to read it. */
        WHEN_READ
    }

    Ending ending() {
        return ending;
    }

    /**
     * Whether the server is stopping, or soon will be: the protocol should end the connection after the present request
     * or message.
     */
    public abstract boolean isStopping();

    // ---- for the subclasses; called by the owner

    /** The next thing to do for a connection, by priority. */
    enum Step {
        /** Close it: nothing can be written any more. */
        CLOSE,
        /** Wait until the socket has taken the pending output. */
        AWAIT_WRITABLE,
        /** Hand the connection off to a task. */
        HAND_OFF,
        /** End it: all output is written. */
        END,
        /** Call the protocol with the input that it left over. */
        GIVE_LEFTOVER,
        /** Wait for an event. */
        WAIT
    }

    Step nextStep() {
        if (writer().isBroken()) {
            return Step.CLOSE;
        }
        if (writer().hasPending()) {
            return Step.AWAIT_WRITABLE;
        }
        if (handedOff != null) {
            return Step.HAND_OFF;
        }
        if (ending != Ending.NO) {
            return Step.END;
        }
        return reading && callAgain && leftover.length > 0 ? Step.GIVE_LEFTOVER : Step.WAIT;
    }

    /**
     * Gives the protocol the input that was left over, followed by what the source has if there is one; false at the
     * source's end.
     */
    boolean giveInput(Input input, ReadableByteChannel source, Output output) throws IOException {
        input.load(takeLeftover());
        int most = bulkReading ? Integer.MAX_VALUE : FEW_BYTES;
        if (source != null && input.readFrom(source, most) < 0) {
            return false;
        }
        Protocol present = protocol;
        callAgain = present.onInput(this, input, output.of(this)) || protocol != present;
        output.flush();
        putBackLeftover(input.leftover());
        return true;
    }

    /** Whether there is input that the protocol hasn't consumed. */
    boolean hasLeftover() {
        return leftover.length > 0;
    }

    /** Takes the task that was handed off; the caller calls one of its methods. */
    Task takeTask() {
        Task task = handedOff;
        handedOff = null;
        return task;
    }

    /**
     * Tells the protocol, and a task that hasn't begun, that the connection is closed and has no owner any more. Called
     * once.
     */
    void notifyClosed(Logger log) {
        takeLeftover();
        writer().breakOff();
        tell(log, takeTask(), Task::abandon);
        tell(log, protocol, last -> last.onClosed(this));
    }

    private <T> void tell(Logger log, T receiver, Consumer<T> news) {
        try {
            if (receiver != null) {
                news.accept(receiver);
            }
        } catch (Throwable fault) {
            FaultLog.log(log, "[{}] A protocol failed while it cleaned up after its closed connection", id, fault);
        }
    }

    // ---- for Output; called by the owner

    abstract SocketWriter writer();

    // ---- for BlockingIo; called by a task that was handed off

    /**
     * Waits until the socket can take more.
     *
     * @throws java.net.SocketTimeoutException if the client has taken too little for too long; the connection is broken
     *     off then
     */
    abstract void awaitWritable() throws IOException;

    /** All output has gone out. */
    void allWritten() {}

    /** Waits for input and adds it; returns -1 at its end. */
    abstract int awaitInput(Input input, long timeoutMillis) throws IOException;

    /** The most input that the protocol may be given at once. */
    abstract int readBufferBytes();

    /** Takes the input that the protocol has left over. */
    byte[] takeLeftover() {
        byte[] taken = leftover;
        leftover = Input.nothing();
        if (taken.length > 0) {
            budget().give(taken.length);
        }
        return taken;
    }

    /** Keeps input that was left over. Where the connection ends nobody reads it, but closing has to consider it. */
    void putBackLeftover(byte[] bytes) {
        if (ending != Ending.NO && bytes.length > 0) {
            ending = Ending.WHEN_READ;
            return;
        }
        leftover = bytes;
        if (bytes.length > 0) {
            budget().take(bytes.length);
        }
    }
}
