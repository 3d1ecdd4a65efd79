package dev.bistro.net;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket, registered with a loop: accepts a limited number of connections at a time and gives each to the
 * loop that has the fewest. When the limit on connections is reached, the longest idle ones are closed; while the
 * system has no descriptor left, clients wait in the system's queue.
 */
final class Acceptor implements SelectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    /**
     * Fewer than the descriptors that are kept free, since a closed connection has its descriptor until the next
     * select.
     */
    private static final int MAX_PER_TURN = 16;

    private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WARN_EVERY_MILLIS = 60_000;

    /**
     * What accepting a connection may take at most. It is set apart before: the JDK loses the descriptor of a socket
     * that it has accepted when there is no memory for the channel.
     */
    private static final int MEMORY_FOR_ONE_BYTES = 4 * 1024;

    private final ListeningSocket socket;
    private final Listener listener;
    private final NetServer server;
    private final AtomicBoolean paused = new AtomicBoolean();
    private volatile EventLoop loop;
    private volatile SelectionKey key;
    // owner of the following: the leader of the loop
    private WeakReference<byte[]> memoryForOne = new WeakReference<>(null); // the garbage collector takes it if need be

    private long nextWarningMillis = Long.MIN_VALUE;

    Acceptor(ListeningSocket socket, Listener listener, EventLoop loop, NetServer server) {
        this.socket = socket;
        this.listener = listener;
        this.loop = loop;
        this.server = server;
    }

    /** Begins to accept: before there is a leader, or after the loop that it was registered with is lost. */
    void start(EventLoop by) throws IOException {
        loop = by;
        moveTo(by.selector());
        by.wakeUp();
    }

    @Override
    public void moveTo(Selector selector) throws IOException {
        SelectionKey old = key;
        if (old != null) {
            old.cancel();
        }
        paused.set(false);
        key = socket.channel().register(selector, SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public boolean onSelected(SelectionKey ready) {
        return true;
    }

    @Override
    public void serve(Worker leader) {
        try {
            accept();
        } catch (ClosedChannelException stopped) {
            LOG.debug("No longer accepting");
        } catch (Throwable fault) {
            pause();
            warn(fault, loop.nowMillis());
        }
    }

    private void accept() throws IOException {
        for (int i = 0; i < MAX_PER_TURN; i++) {
            if (!server.admitsConnection()) {
                pause();
                server.makeRoom();
                return;
            }
            if (memoryForOne.refersTo(null)) {
                memoryForOne = new WeakReference<>(new byte[MEMORY_FOR_ONE_BYTES]);
            }
            SocketChannel accepted = socket.channel().accept();
            if (accepted == null) {
                return;
            }
            open(accepted, true);
        }
    }

    /**
     * Opens a connection on the loop that has the fewest.
     *
     * @param leads whether this thread leads the loop, so that a connection of its own begins without mail to itself,
     *     for which the selector would be asked once more
     */
    private void open(SocketChannel accepted, boolean leads) {
        EventLoop least = server.leastLoadedLoop(loop);
        boolean opened = false;
        try {
            accepted.configureBlocking(false);
            if (socket.isTcp()) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            var connection = new SocketConnection(server.nextConnectionId(), accepted, least, server);
            boolean isOpenAtOnce = !Opening.isNeeded(listener, connection.peerAddress());
            var opening = isOpenAtOnce ? null : new Opening(connection, accepted, listener, least, server);
            opened = server.connectionOpened(least, connection);
            if (opened && isOpenAtOnce && leads && least == loop) {
                connection.served().open();
            } else if (opened && isOpenAtOnce) {
                least.post(connection.served(), ServedConnection.START);
            } else if (opened) {
                least.post(opening, Opening.START);
            }
        } catch (IOException gone) {
            LOG.debug("A client was gone before it was accepted: {}", gone.toString());
        } finally {
            if (!opened) {
                closeQuietly(accepted);
            }
        }
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException e) {
            LOG.debug("Closed with a fault: {}", e.toString());
        }
    }

    /** Stops accepting until a connection is closed, or until the next sweep. */
    private void pause() {
        interest(0);
        paused.set(true); // last, since a resume() before interest(0) would be undone, with no other to follow
    }

    /** Accepts again, since there may be room; for any thread. */
    void resume() {
        if (paused.get() && paused.compareAndSet(true, false)) {
            interest(SelectionKey.OP_ACCEPT);
            loop.wakeUp();
        }
    }

    private void interest(int operations) {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException stopped) {
            LOG.debug("No longer accepting");
        }
    }

    /** Warns at most once a minute: a lack of descriptors may last. */
    void warn(Throwable fault, long now) {
        if (now >= nextWarningMillis) {
            nextWarningMillis = now + WARN_EVERY_MILLIS;
            try {
                LOG.warn("Can't accept connections for now, and goes on trying: {}", fault.toString());
            } catch (Throwable untold) {
                nextWarningMillis = now; // there is no memory for the log line
            }
        }
    }

    @Override
    public void sweep(Worker leader) {
        resume();
    }

    /** Its loop has ended: moves to another loop, while the server runs. */
    @Override
    public void close() {
        server.acceptOnAnotherLoop(this);
    }

    /**
     * Accepts what waits in the system's queue, and closes the listening socket: at once, since the system would reset
     * whatever came in between. For any thread.
     *
     * @param end of the time in which its loop has to let go of it, by {@link System#nanoTime}
     */
    void stop(long end) throws InterruptedException {
        leaveLoop(Math.min(end, System.nanoTime() + LEAVE_NANOS));
        try {
            for (int i = 0; i < ListeningSocket.BACKLOG && server.admitsConnection(); i++) {
                SocketChannel accepted = socket.channel().accept();
                if (accepted == null) {
                    break;
                }
                open(accepted, false);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("No longer accepting: {}", e.toString());
        }
        close(socket);
    }

    /** As long as a selector has it, a closed channel listens on, until the next select. */
    private void leaveLoop(long end) throws InterruptedException {
        key.cancel();
        while (socket.channel().isRegistered() && System.nanoTime() < end) {
            var swept = new CountDownLatch(1);
            loop.whenSwept(swept::countDown);
            swept.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private static void close(ListeningSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closed with a fault: {}", e.toString());
        }
    }
}
