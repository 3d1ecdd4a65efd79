package dev.bistro.net;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSession;

/**
 * Serves connections within the process, each on a thread of its own, for tests: the same protocols as over sockets.
 */
public final class MemoryServer {
    private final int readBufferBytes;
    private final ProtocolFactory protocols;
    private final ByteBudget budget = new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
    private final HandlerThreads threads = HandlerThreads.create();
    private final Set<MemoryConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean stopping;

    /**
     * Serves these protocols.
     *
     * @param readBufferBytes the most that is read at once; at least twice what a protocol leaves over at the most
     */
    public MemoryServer(int readBufferBytes, ProtocolFactory protocols) {
        this.readBufferBytes = readBufferBytes;
        this.protocols = protocols;
    }

    /**
     * Opens a connection.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server has stopped
     */
    public MemoryConnection connect() {
        return connect(Optional.empty());
    }

    /**
     * Opens a connection that counts as one over TLS, with what its handshake has agreed on. Nothing is encrypted.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server has stopped
     */
    public MemoryConnection connect(SSLSession session) {
        return connect(Optional.of(session));
    }

    private MemoryConnection connect(Optional<SSLSession> session) {
        var connection = new MemoryConnection(lastId.incrementAndGet(), this, session);
        connections.add(connection);
        try {
            threads.execute(() -> serve(connection));
        } catch (RuntimeException e) {
            connections.remove(connection);
            throw e;
        }
        return connection;
    }

    private void serve(MemoryConnection connection) {
        try {
            connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    /** Stops: waits until the deadline for what is under way, then interrupts it. A second call does nothing more. */
    public void stop(Duration deadline) {
        stopping = true;
        connections.forEach(MemoryConnection::stop);
        try {
            threads.shutdown(System.nanoTime() + deadline.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- for the connections

    int readBufferBytes() {
        return readBufferBytes;
    }

    ProtocolFactory protocols() {
        return protocols;
    }

    ByteBudget budget() {
        return budget;
    }

    void execute(Runnable code) {
        threads.execute(code);
    }

    boolean isStopping() {
        return stopping;
    }
}
