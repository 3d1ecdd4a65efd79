package dev.bistro;

import dev.bistro.inject.Container;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A running server, with the application behind it. */
public final class Server implements AutoCloseable {
    private final Door door;
    private final Container container;
    private final List<RouteInfo> routes;
    private final Duration stopTimeout;

    Server(Door door, Container container, List<RouteInfo> routes, Duration stopTimeout) {
        this.door = door;
        this.container = container;
        this.routes = routes;
        this.stopTimeout = stopTimeout;
    }

    /**
     * The address that it listens on, with the port that it has.
     *
     * @throws IllegalStateException if it was started {@linkplain BistroBuilder#startInProcess within the process}
     */
    public InetSocketAddress address() {
        return door.address();
    }

    /** The port that it listens on. */
    public int port() {
        return address().getPort();
    }

    /** Where a client on this machine finds it: {@code http://localhost:8080}; within the process {@code http://localhost}, where nobody else can. */
    public URI uri() {
        return URI.create(door.name());
    }

    /**
     * Opens a connection to it: over a socket, or where it was started {@linkplain BistroBuilder#startInProcess within the process}, without one.
     *
     * @throws IOException if it has stopped
     */
    public ClientConnection connect() throws IOException {
        return door.connect();
    }

    /** The application's routes, as they are printed at startup. */
    public List<RouteInfo> routes() {
        return routes;
    }

    /** An object of the application: {@code server.get(Catalog.class)}, as injection would give it. */
    public <T> T get(Class<T> type) {
        return container.get(type);
    }

    /**
     * Stops: takes no more connections, lets running requests finish for so long, closes what is left, then the application's
     * {@code AutoCloseable} singletons, last made first. Returns when all is closed; a second call waits for the first.
     */
    public void stop(Duration deadline) {
        door.stop(deadline);
        container.close();
    }

    /** Stops, with the setting {@code server.stop-timeout} (10 seconds by default) for a deadline. */
    @Override
    public void close() {
        stop(stopTimeout);
    }
}
