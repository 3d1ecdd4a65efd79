package dev.bistro.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket, its event loops, and the threads behind them. */
public final class NetServer {
    private static final Logger LOG = LoggerFactory.getLogger(NetServer.class);
    private static final int BACKLOG = 4096; // the system cuts it to what it allows
    private static final long STOP_NOTICE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NetSettings settings;
    private final ProtocolFactory protocols;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final ByteBudget budget;
    private final Workers workers;
    private final Watchdog watchdog;
    private final HandlerThreads threads;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Acceptor acceptor;
    private final Connections connections;
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopAsked = new AtomicBoolean();
    private volatile boolean stopDue;
    private volatile Runnable whenFailed = () -> {};

    private NetServer(NetSettings settings, ProtocolFactory protocols, ServerSocketChannel channel, Machine machine)
            throws IOException {
        this.settings = settings;
        this.protocols = protocols;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.budget = settings.budget();
        this.connections = new Connections(
                DescriptorLimit.connections(settings.maxConnections()), settings.maxConnectionsPerAddress());
        this.threads = machine.handlerThreads();
        var number = new AtomicInteger();
        this.workers = new Workers(
                settings.readBufferBytes(),
                code -> nonDaemon(machine.newThread(code, "bistro-worker-" + number.incrementAndGet())));
        this.watchdog = new Watchdog(workers, code -> daemon(machine.newThread(code, "bistro-watchdog")));
        for (int i = 0; i < loopCount(settings); i++) {
            loops.add(new EventLoop(i, machine, watchdog, this::loopLost));
        }
        this.acceptor = new Acceptor(channel, loops.get(0), this);
    }

    /** They keep the process alive; whoever starts them may be a daemon. */
    private static Thread nonDaemon(Thread thread) {
        thread.setDaemon(false);
        return thread;
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    /** How many loops a server of these settings has. */
    public static int loopCount(NetSettings settings) {
        return settings.loops() > 0 ? settings.loops() : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Binds and serves.
     *
     * @throws java.net.BindException if the address is in use, or isn't ours
     * @throws IOException if the system refuses sockets altogether
     */
    public static NetServer start(NetSettings settings, ProtocolFactory protocols) throws IOException {
        return start(settings, protocols, Machine.THIS);
    }

    static NetServer start(NetSettings settings, ProtocolFactory protocols, Machine machine) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // so that a restart binds again at once
            channel.bind(settings.address(), BACKLOG);
            channel.configureBlocking(false);
            return new NetServer(settings, protocols, channel, machine).begin();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private NetServer begin() throws IOException {
        FaultLog.prepare();
        watchdog.start(loops);
        acceptor.start(loops.get(0));
        workers.begin(loops);
        return this;
    }

    /** Where it listens, with the port that it has. */
    public InetSocketAddress address() {
        return address;
    }

    /** What it does at this moment, and has done. */
    public NetStatistics statistics() {
        return new NetStatistics(
                connections.open(),
                connections.accepted(),
                connections.count(DropReason.TOO_MANY_FROM_ADDRESS),
                connections.count(DropReason.GAVE_WAY),
                connections.count(DropReason.SLOW_READER),
                connections.count(DropReason.NO_MEMORY),
                connections.count(DropReason.FAULT),
                watchdog.handOvers(),
                workers.count(),
                threads.count(),
                threads.queued(),
                budget.used(),
                budget.max());
    }

    /** Has something run if the server comes to an end by itself, since no loop can be led any more. */
    public void whenFailed(Runnable action) {
        whenFailed = action;
    }

    /**
     * Stops: takes no more connections, closes the idle ones, lets what is under way finish for so long, then closes and interrupts the rest. Returns when
     * all is closed. A second call waits for the first.
     */
    public void stop(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            if (stopAsked.compareAndSet(false, true)) {
                drain(end);
                halt();
                stopped.countDown();
            } else {
                stopped.await();
            }
        } catch (InterruptedException e) {
            halt();
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void drain(long end) throws InterruptedException {
        acceptor.stop();
        loops.forEach(EventLoop::sweepSoon);
        if (connections.open() > 0 && !drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            notifyStopDeadline();
        }
        threads.shutdown(end); // handlers to which no connection belongs may still run
    }

    /** Whoever waits without a thread tells its client that it gets no answer; handlers that run will be interrupted, and their connections closed. */
    private void notifyStopDeadline() throws InterruptedException {
        stopDue = true;
        var said = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.whenSwept(said::countDown));
        said.await(STOP_NOTICE_NANOS, TimeUnit.NANOSECONDS);
    }

    private void halt() {
        loops.forEach(EventLoop::stop);
        threads.shutdownNow();
        workers.stop(TimeUnit.SECONDS.toNanos(1));
        watchdog.stop();
    }

    // ---- for the loops

    NetSettings settings() {
        return settings;
    }

    ProtocolFactory protocols() {
        return protocols;
    }

    ByteBudget budget() {
        return budget;
    }

    Workers workers() {
        return workers;
    }

    HandlerThreads threads() {
        return threads;
    }

    boolean isStopping() {
        return stopAsked.get();
    }

    /** Whether the time is over that what is under way had to finish. */
    boolean isStopDue() {
        return stopDue;
    }

    void count(DropReason cut) {
        connections.count(cut, 1);
    }

    EventLoop leastLoadedLoop(EventLoop preferred) {
        EventLoop least = preferred;
        for (EventLoop loop : loops) {
            if (loop.serves() && loop.connections().get() < least.connections().get()) {
                least = loop;
            }
        }
        return least;
    }

    boolean admitsConnection() {
        return connections.hasRoom();
    }

    /** Has connections that are idle give way to new ones. */
    void makeRoom() {
        loops.forEach(EventLoop::makeRoomSoon);
    }

    /** Counts a connection; false if there are too many of its client's. */
    boolean connectionOpened(EventLoop loop, SocketConnection connection) {
        if (!connections.add(connection.remoteAddress())) {
            return false;
        }
        loop.connections().incrementAndGet();
        return true;
    }

    void connectionClosed(EventLoop loop, SocketConnection connection) {
        loop.connections().decrementAndGet();
        if (connections.remove(connection.remoteAddress()) == 0 && isStopping()) {
            drained.countDown();
        }
        acceptor.resume();
    }

    private void loopLost(EventLoop lost) {
        if (loops.stream().noneMatch(EventLoop::serves)) {
            whenFailed.run();
        }
    }

    void acceptOnAnotherLoop() {
        if (isStopping()) {
            return;
        }
        try {
            for (EventLoop loop : loops) {
                if (loop.serves()) {
                    acceptor.start(loop);
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            FaultLog.log(LOG, "Can't accept connections any more", e);
        }
    }
}
