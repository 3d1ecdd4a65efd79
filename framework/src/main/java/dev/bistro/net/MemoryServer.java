package dev.bistro.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Serves connections within the process, a thread each: the same protocols as over a socket, for tests. */
public final class MemoryServer {
    private final int readBufferBytes;
    private final ProtocolFactory protocols;
    private final ByteBudget budget = new ByteBudget(Runtime.getRuntime().maxMemory() / 4);
    private final ExecutorService executor = BlockingExecutor.create();
    private final Set<MemoryConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean stopping;

    /** Serves these protocols; {@code readBufferBytes} are read at once, at least twice what a protocol leaves over at the most. */
    public MemoryServer(int readBufferBytes, ProtocolFactory protocols) {
        this.readBufferBytes = readBufferBytes;
        this.protocols = protocols;
    }

    /**
     * Opens a connection.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server was stopped
     */
    public MemoryConnection connect() {
        var connection = new MemoryConnection(lastId.incrementAndGet(), this);
        connections.add(connection);
        try {
            executor.execute(() -> serve(connection));
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

    /** Stops: lets what is under way finish for so long, then interrupts it. A second call does nothing more. */
    public void stop(Duration deadline) {
        stopping = true;
        connections.forEach(MemoryConnection::stop);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
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
        executor.execute(code);
    }

    boolean isStopping() {
        return stopping;
    }
}
