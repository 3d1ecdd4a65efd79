package dev.bistro.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * A client's connection, as a protocol sees it: a thing with one owner at a time. A protocol's methods are called by
 * the owner, and all of these are for the owner too, but for {@link #wake}, {@link #executeUnowned}, {@link #budget}
 * and {@link #isStopping}, which are for any thread.
 *
 * <p>Code of the application runs in one of four ways. Two of them take the connection with them: {@link #runOwned} on
 * this thread, and {@link #handOff} on a thread of its own. The other two don't: {@link #callUnowned} for the one
 * handler that the protocol waits for, and {@link #executeUnowned} for anything else.
 */
public abstract class Connection {
    /** What is read at once where not much is expected. */
    private static final int FEW_BYTES = 8 * 1024;

    final long id;
    // what the protocol and its tasks have said, for the owner:
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

    /** The client's address. */
    public abstract InetSocketAddress remoteAddress();

    /** Calls {@link Protocol#onDeadline} when this much time has passed, unless another deadline is set by then. */
    public abstract void setDeadline(long millis);

    /** Sets no deadline. */
    public abstract void clearDeadline();

    /**
     * Sets a deadline as {@link #setDeadline} does, and says that the connection is idle: where the server has no room
     * for a new one, the deadlines of those that have been idle for longest come early.
     */
    public abstract void setIdleDeadline(long millis);

    /**
     * Whether a handler of this profile may run on the loop's thread, by {@link #runOwned}: it is known to be quick,
     * few of its runs hold up a loop right now, and there is a worker in reserve that could lead the loop on.
     */
    public abstract boolean mayRunOwned(ExecutionProfile profile);

    /**
     * Runs a handler on this thread, which owns the connection all the time; the handler mustn't throw. If it holds up
     * the loop, the loop goes on without this thread, which has {@linkplain #hasLeftLoop left the loop} then and owns
     * the connection until the protocol returns. The profile learns from the run, at the moment when the loop is taken
     * away.
     */
    public abstract void runOwned(Runnable handler, ExecutionProfile profile);

    /**
     * Whether this thread no longer leads the connection's loop: the protocol should write what it has and return, even
     * if there is more input. It is called again, by the loop.
     */
    public abstract boolean hasLeftLoop();

    /**
     * Runs a task on a thread of its own, with the connection: once the protocol has returned and what it wrote is on
     * its way. The protocol must return at once, and is called again when the task is done. Where no thread can be had
     * for the task, it is {@linkplain Task#refuse refused}.
     */
    public void handOff(Task task) {
        handedOff = task;
    }

    /**
     * Has the owner call {@link Protocol#onWake} as soon as the connection has come to rest and the client has taken what was written. May be called by
     * any thread, at any time; several calls may be answered by one. Allocates nothing and never throws.
     */
    public abstract void wake();

    /**
     * Runs code on a thread of its own that may wait, and to which the connection does <em>not</em> belong: it reaches it by {@link #wake}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server has stopped, or no thread can be had for it
     */
    public abstract void executeUnowned(Runnable code);

    /**
     * Has a handler run to which the connection does <em>not</em> belong: once the protocol has returned and what it wrote is on its way, on this very
     * thread, or if the handler is known to wait, on one of its own. Then {@link Protocol#onWake} is called. If it holds up the loop after all, the
     * loop goes on without this thread, and with the connection. There may be one such handler at a time.
     */
    public abstract void callUnowned(Call call);

    /**
     * The bytes that the server as a whole may hold in memory for its clients; what a protocol keeps of a client's it
     * takes from here first.
     */
    public abstract ByteBudget budget();

    /**
     * Whether much input is expected, as for the rest of a body: then a whole read buffer of it is read at once.
     * Without it a few KiB are, so that a client which sends more than we deal with now costs little.
     */
    public void setBulkReading(boolean much) {
        bulkReading = much;
    }

    /** Whether the protocol wants input. Without it, nothing is read, and that the client has gone isn't noticed before something is written. */
    public void setReading(boolean wanted) {
        reading = wanted;
    }

    /** Another protocol goes on with the connection, as soon as the present one returns: it gets the input that was left over. */
    public void replaceProtocol(Protocol next) {
        protocol = next;
    }

    /** Closes the connection when all that was written has gone out. */
    public void end() {
        ending = ending == Ending.NO ? Ending.WHEN_WRITTEN : ending;
    }

    /**
     * Closes the connection when all that was written has gone out and the client has read it: to close a socket with unread input would reset it, and the reset may
     * destroy what is still on its way to the client (RFC 9112, section 9.6).
     */
    public void endWithUnreadInput() {
        ending = Ending.WHEN_READ;
    }

    /** How the protocol has said that the connection ends. */
    enum Ending {
        NO,
        /** When all is written. */
        WHEN_WRITTEN,
        /** When all is written, and the client has had time to read it. */
        WHEN_READ
    }

    Ending ending() {
        return ending;
    }

    /** Whether the server is stopping: a protocol ends the connection after what is under way. */
    public abstract boolean isStopping();

    // ---- for the kinds of connections: called by the owner

    /** What there is to do next for a connection, in the order in which it is done. */
    enum Step {
        /** Nothing can be written any more: the connection is closed. */
        CLOSE,
        /** The client has to take what was written before anything else. */
        AWAIT_WRITABLE,
        /** A task has the connection next. */
        HAND_OFF,
        /** All is written: the connection ends. */
        END,
        /** The protocol hasn't seen all that was read. */
        GIVE_LEFTOVER,
        /** Nothing, until there is news. */
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

    /** Gives the protocol what was left over, and what the source has if there is one; false at the source's end. */
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

    /** Whether a client has sent something that nobody has looked at. */
    boolean hasLeftover() {
        return leftover.length > 0;
    }

    /** Takes the task that was handed off, which is then called in one of its ways. */
    Task takeTask() {
        Task task = handedOff;
        handedOff = null;
        return task;
    }

    /**
     * The connection is closed and nobody has it: says so to the protocol, and to a task that nobody runs. Called once.
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
            FaultLog.log(log, "[{}] A closed connection's protocol could not let go of all that it had", id, fault);
        }
    }

    // ---- for Output: called by the owner

    abstract SocketWriter writer();

    // ---- for BlockingIo: called by a task that was handed off

    /**
     * Waits until the client's side can take something.
     *
     * @throws java.net.SocketTimeoutException if it has taken too little for too long; the connection is given up then
     */
    abstract void awaitWritable() throws IOException;

    /** The client's side has taken all that there was. */
    void allWritten() {}

    /** Waits for input, and adds it; -1 at its end. */
    abstract int awaitInput(Input input, long timeoutMillis) throws IOException;

    /** How much input the protocol may be given at once. */
    abstract int readBufferBytes();

    /** Takes the input that the protocol has left. */
    byte[] takeLeftover() {
        byte[] taken = leftover;
        leftover = Input.nothing();
        if (taken.length > 0) {
            budget().give(taken.length);
        }
        return taken;
    }

    /** Keeps what is left of it. Where the connection ends nobody will look at it, but closing has to mind that there was something. */
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
