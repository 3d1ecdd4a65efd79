package dev.bistro.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A listening socket, its event loops, and the threads behind them. */
public final class NetServer {
    private static final int BACKLOG = 4096; // the system cuts it to what it allows

    private final NetSettings settings;
    private final ProtocolFactory protocols;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final Workers workers;
    private final Watchdog watchdog;
    private final ExecutorService executor = BlockingExecutor.create();
    private final ByteBudget budget = new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
    private final List<EventLoop> loops = new ArrayList<>();
    private final Acceptor acceptor;
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopAsked = new AtomicBoolean();

    private NetServer(NetSettings settings, ProtocolFactory protocols, ServerSocketChannel channel) throws IOException {
        this.settings = settings;
        this.protocols = protocols;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.workers = new Workers(settings.readBufferBytes());
        this.watchdog = new Watchdog(workers);
        for (int i = 0; i < loopCount(settings); i++) {
            loops.add(new EventLoop(i, watchdog));
        }
        this.acceptor = new Acceptor(channel, loops.get(0), this);
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
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // so that a restart binds again at once
            channel.bind(settings.address(), BACKLOG);
            channel.configureBlocking(false);
            return new NetServer(settings, protocols, channel).begin();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private NetServer begin() {
        watchdog.start(loops);
        loops.get(0).execute(acceptor::start);
        loops.forEach(workers::lead);
        return this;
    }

    /** Where it listens, with the port that it has. */
    public InetSocketAddress address() {
        return address;
    }

    /** How many connections there are. */
    public int connections() {
        return connections.get();
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
        acceptor.close();
        loops.forEach(loop -> loop.execute(loop::sweepSoon));
        if (connections.get() > 0) {
            drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        executor.shutdown(); // handlers to which no connection belongs may still run
        executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void halt() {
        loops.forEach(EventLoop::stop);
        executor.shutdownNow();
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

    Executor executor() {
        return executor;
    }

    boolean isStopping() {
        return stopAsked.get();
    }

    EventLoop leastLoadedLoop(EventLoop preferred) {
        EventLoop least = preferred;
        for (EventLoop loop : loops) {
            if (loop.connections().get() < least.connections().get()) {
                least = loop;
            }
        }
        return least;
    }

    boolean admitsConnection() {
        return connections.get() < settings.maxConnections();
    }

    void connectionOpened(EventLoop loop) {
        loop.connections().incrementAndGet();
        connections.incrementAndGet();
    }

    void connectionClosed(EventLoop loop) {
        loop.connections().decrementAndGet();
        if (connections.decrementAndGet() == 0 && isStopping()) {
            drained.countDown();
        }
    }
}
