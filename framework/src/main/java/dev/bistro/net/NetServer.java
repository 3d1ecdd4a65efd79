package dev.bistro.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listening sockets, their event loops, and the threads behind them. */
public final class NetServer {
    private static final Logger LOG = LoggerFactory.getLogger(NetServer.class);
    private static final long STOP_NOTICE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What is under way to an idle connection arrives sooner, and a proxy learns meanwhile that nobody listens. */
    private static final Duration LONGEST_LAST_CALL = Duration.ofSeconds(1);

    private final NetSettings settings;
    private final ProtocolFactory protocols;
    private final List<SocketAddress> addresses;
    private final ByteBudget budget;
    private final Workers workers;
    private final Watchdog watchdog;
    private final HandlerThreads threads;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final HandshakeThreads handshakes;
    private final TlsHandshakes tlsHandshakes = new TlsHandshakes();
    private final TlsBuffers.Pool tlsBuffers = new TlsBuffers.Pool();
    private final AtomicLong lastConnectionId = new AtomicLong();
    private final Connections connections;
    private final AtomicBoolean hadProxyFault = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean stopAsked = new AtomicBoolean();
    private volatile boolean acceptsNoMore;
    private volatile boolean stopping;
    private volatile boolean stopDue;
    private volatile boolean stopAnnounced;
    private volatile long announcedNanos; // since when the stop is announced
    private volatile Runnable whenFailed = () -> {};

    private NetServer(NetSettings settings, ProtocolFactory protocols, List<ListeningSocket> sockets, Machine machine)
            throws IOException {
        this.settings = settings;
        this.protocols = protocols;
        this.addresses = sockets.stream().map(ListeningSocket::address).toList();
        this.budget = settings.budget();
        this.connections = new Connections(
                DescriptorLimit.connections(settings.maxConnections()), settings.maxConnectionsPerAddress());
        this.threads = machine.handlerThreads();
        var number = new AtomicInteger();
        this.workers = new Workers(
                settings.readBufferBytes(),
                code -> nonDaemon(machine.newThread(code, "bistro-worker-" + number.incrementAndGet())));
        this.watchdog = new Watchdog(workers, code -> daemon(machine.newThread(code, "bistro-watchdog")));
        for (int i = 0; i < loopCount(settings.loops()); i++) {
            loops.add(new EventLoop(i, machine, watchdog, this::loopLost));
        }
        this.handshakes = new HandshakeThreads(code -> daemon(machine.newThread(code, "bistro-handshakes")));
        for (int i = 0; i < sockets.size(); i++) {
            acceptors.add(new Acceptor(sockets.get(i), settings.listeners().get(i), loops.get(i % loops.size()), this));
        }
    }

    /** Workers keep the process alive, also if the thread that starts them is a daemon. */
    private static Thread nonDaemon(Thread thread) {
        thread.setDaemon(false);
        return thread;
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    /** The number of event loops of a server with this setting, whose 0 stands for one per processor. */
    public static int loopCount(int loops) {
        return loops > 0 ? loops : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Binds the addresses and serves connections.
     *
     * @throws CannotListenException if an address is in use, or isn't this machine's
     * @throws IOException if the system has no selector
     */
    public static NetServer start(NetSettings settings, ProtocolFactory protocols) throws IOException {
        return start(settings, protocols, Machine.THIS);
    }

    /**
     * Does the same, and gives the server to somebody who needs it before the first connection comes.
     *
     * @throws CannotListenException if an address is in use, or isn't this machine's
     * @throws IOException if the system has no selector
     */
    public static NetServer start(NetSettings settings, ProtocolFactory protocols, Consumer<NetServer> beforehand)
            throws IOException {
        return start(settings, protocols, beforehand, Machine.THIS);
    }

    static NetServer start(NetSettings settings, ProtocolFactory protocols, Machine machine) throws IOException {
        return start(settings, protocols, server -> {}, machine);
    }

    private static NetServer start(
            NetSettings settings, ProtocolFactory protocols, Consumer<NetServer> beforehand, Machine machine)
            throws IOException {
        var sockets = new ArrayList<ListeningSocket>();
        try {
            for (Listener listener : settings.listeners()) {
                sockets.add(bind(listener));
            }
            var server = new NetServer(settings, protocols, sockets, machine);
            beforehand.accept(server);
            return server.begin();
        } catch (IOException | RuntimeException e) {
            for (ListeningSocket socket : sockets) {
                socket.close();
            }
            throw e;
        }
    }

    private static ListeningSocket bind(Listener listener) throws CannotListenException {
        try {
            return ListeningSocket.bind(listener);
        } catch (IOException e) {
            throw new CannotListenException(listener.address(), e);
        }
    }

    private NetServer begin() throws IOException {
        FaultLog.prepare();
        watchdog.start(loops);
        for (int i = 0; i < acceptors.size(); i++) {
            acceptors.get(i).start(loops.get(i % loops.size()));
        }
        workers.begin(loops);
        return this;
    }

    /**
     * The first address of TCP that it listens at, with the actual port.
     *
     * @throws IllegalStateException if there is none
     */
    public InetSocketAddress address() {
        return addresses.stream()
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The server listens at no port, only at " + addresses));
    }

    /** The addresses that it listens at, with their actual ports, in the order of its listeners. */
    public List<SocketAddress> addresses() {
        return addresses;
    }

    /** Figures of this moment and since the start. */
    public NetStatistics statistics() {
        return new NetStatistics(
                connections.open(),
                connections.accepted(),
                connections.count(DropReason.TOO_MANY_FROM_ADDRESS),
                connections.count(DropReason.EVICTED),
                connections.count(DropReason.SLOW_READER),
                connections.count(DropReason.NO_MEMORY),
                connections.count(DropReason.HANDSHAKE) + connections.count(DropReason.OPENING_TIMEOUT),
                connections.count(DropReason.FAULT),
                connections.count(DropReason.IDLE),
                connections.count(DropReason.OPENING_TIMEOUT),
                connections.takenOver(),
                tlsHandshakes.successes(),
                tlsHandshakes.failures(),
                watchdog.blockedLoops(),
                workers.count(),
                threads.count(),
                threads.queued(),
                budget.used(),
                budget.max());
    }

    /** Sets what runs if the server fails: all its loops are lost. */
    public void whenFailed(Runnable action) {
        whenFailed = action;
    }

    /** Tells a listener of each loop that is taken away from a worker. */
    public void whenHandedOver(HandOverListener listener) {
        watchdog.setListener(listener);
    }

    /**
     * Has each connection end with the message that is under way, or with its next one, since the server stops soon.
     * All else goes on: it accepts connections, and keeps those without a message.
     */
    public void announceStop() {
        announcedNanos = System.nanoTime();
        stopAnnounced = true;
    }

    /**
     * Stops: accepts no more connections, closes the idle ones, waits until the deadline for what is under way, then
     * closes and interrupts the rest. Returns when all is closed. A second call waits for the first.
     *
     * <p>After an announcement, the idle ones come last: a message may be under way to each, by a client that believed
     * it to be open. They are closed after a second, or after as long as the stop was announced if that is less.
     */
    public void stop(Duration deadline) {
        stop(deadline, stopAnnounced ? lastCall(System.nanoTime() - announcedNanos) : Duration.ZERO);
    }

    private static Duration lastCall(long announcedForNanos) {
        Duration announced = Duration.ofNanos(announcedForNanos);
        return announced.compareTo(LONGEST_LAST_CALL) < 0 ? announced : LONGEST_LAST_CALL;
    }

    /**
     * Stops in the same way.
     *
     * @param lastCall how long the idle connections stay when no more are accepted
     */
    void stop(Duration deadline, Duration lastCall) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            if (stopAsked.compareAndSet(false, true)) {
                drain(end, lastCall.toNanos());
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

    private void drain(long end, long lastCallNanos) throws InterruptedException {
        for (Acceptor acceptor : acceptors) {
            acceptor.stop(end);
        }
        acceptsNoMore = true;
        awaitConnections(Math.min(lastCallNanos, end - System.nanoTime()));
        stopping = true;
        loops.forEach(EventLoop::sweepSoon);
        if (!awaitConnections(end - System.nanoTime())) {
            notifyStopDeadline();
        }
        threads.shutdown(end); // handlers that own no connection may still run
    }

    /** Waits until none is open; false if the time is over before. */
    private boolean awaitConnections(long nanos) throws InterruptedException {
        return connections.open() == 0 || drained.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Lets requests that wait without a thread answer their clients that the server stops. Handlers that run are
     * interrupted afterwards, and their connections closed.
     */
    private void notifyStopDeadline() throws InterruptedException {
        stopDue = true;
        var said = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.whenSwept(said::countDown));
        said.await(STOP_NOTICE_NANOS, TimeUnit.NANOSECONDS);
    }

    private void halt() {
        loops.forEach(EventLoop::stop);
        threads.shutdownNow();
        handshakes.shutdown();
        workers.stop(TimeUnit.SECONDS.toNanos(1));
        watchdog.stop();
    }

    // ---- for the loops and connections

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

    HandshakeThreads handshakes() {
        return handshakes;
    }

    TlsHandshakes tlsHandshakes() {
        return tlsHandshakes;
    }

    TlsBuffers.Pool tlsBuffers() {
        return tlsBuffers;
    }

    long nextConnectionId() {
        return lastConnectionId.incrementAndGet();
    }

    int maxOpeningsPerLoop() {
        return Math.max(1, settings.maxOpenings() / loops.size());
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether it closes its listening sockets, or has closed them. */
    boolean isStopAsked() {
        return stopAsked.get();
    }

    /** Whether it stops, or has announced it. */
    boolean endsConnections() {
        return stopAnnounced || isStopAsked();
    }

    /** Whether the deadline of {@link #stop} has passed. */
    boolean isStopDue() {
        return stopDue;
    }

    /** Whether no proxy has begun a connection wrongly before; true once. */
    boolean isFirstProxyFault() {
        return hadProxyFault.compareAndSet(false, true);
    }

    void count(DropReason reason) {
        connections.count(reason, 1);
    }

    /** Counts connections that another protocol has taken over, and those of them that have ended. */
    void countTakenOver(int change) {
        connections.countTakenOver(change);
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

    /** Closes idle connections, to make room for new ones. */
    void makeRoom() {
        loops.forEach(EventLoop::makeRoomSoon);
    }

    /** Counts a connection; false if its client has too many. */
    boolean connectionOpened(EventLoop loop, SocketConnection connection) {
        if (!connections.add(connection.countedAddress())) {
            return false;
        }
        loop.connections().incrementAndGet();
        return true;
    }

    /** Counts a connection for the client that a proxy tells of; false if the client has too many. */
    boolean clientKnown(SocketAddress client) {
        return connections.addClient(client);
    }

    void connectionClosed(EventLoop loop, SocketConnection connection) {
        loop.connections().decrementAndGet();
        if (connections.remove(connection.countedAddress()) == 0 && acceptsNoMore) {
            drained.countDown();
        }
        for (int i = 0; i < acceptors.size(); i++) {
            acceptors.get(i).resume(); // without an iterator, since this must work where memory has ended
        }
    }

    private void loopLost(EventLoop lost) {
        if (loops.stream().noneMatch(EventLoop::serves)) {
            whenFailed.run();
        }
    }

    void acceptOnAnotherLoop(Acceptor acceptor) {
        if (isStopAsked()) {
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
