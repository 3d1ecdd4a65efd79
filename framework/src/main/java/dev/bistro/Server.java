package dev.bistro;

import dev.bistro.inject.Container;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.lifecycle.ShutdownSteps;
import dev.bistro.net.NetServer;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A running server, with the application behind it. */
public final class Server implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(365); // nanoseconds have to fit into a long

    private final Transport door;
    private final Container container;
    private final Lifecycle lifecycle;
    private final List<RouteInfo> routes;
    private final Duration stopTimeout;
    private final AtomicReference<Thread> stopper = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean failed;

    Server(Transport door, Container container, Lifecycle lifecycle, List<RouteInfo> routes, Duration stopTimeout) {
        this.door = door;
        this.container = container;
        this.lifecycle = lifecycle;
        this.routes = routes;
        this.stopTimeout = stopTimeout;
        whenFailed(() -> {});
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

    /**
     * What it does at this moment, and has done: {@code server.statistics().workers()}.
     *
     * @throws IllegalStateException if it was started {@linkplain BistroBuilder#startInProcess within the process}
     */
    public ServerStatistics statistics() {
        return door.statistics();
    }

    /**
     * Whether it has come to an end by itself, since none of its event loops could go on: the system gave it no selector any more. It answers nobody then. {@link Bistro#run} ends its
     * process with status 1; who has started it by hand decides.
     */
    public boolean hasFailed() {
        return failed;
    }

    /** Has something run when it has failed. */
    void whenFailed(Runnable action) {
        door.whenFailed(() -> {
            failed = true;
            action.run();
        });
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
     * An object of a type with arguments, or with a qualifier, as a field or parameter declares it: {@code server.get(field.getGenericType(),
     * List.of(field.getAnnotations()))}.
     *
     * @param type a class, or one with its arguments
     * @param annotations of which the one that is a qualifier counts, if there is one
     * @throws dev.bistro.startup.StartupException if nothing provides it, more than one does, or it can't be made
     */
    public Object get(Type type, List<Annotation> annotations) {
        return container.get(type, annotations);
    }

    /**
     * Stops: takes no more connections, lets running requests finish for so long, and closes what is left; then calls the application's
     * {@code @OnStop} methods and closes its {@code AutoCloseable} singletons, last made first. These have the setting {@code server.stop-timeout} in all, and
     * a second each when that is used up; one that takes longer is interrupted, logged and left behind. Returns when all is closed; a second call waits
     * for the first. Called from within a request, it returns at once, and the server stops when that request is answered.
     *
     * @param deadline for running requests; zero or less closes them now
     */
    public void stop(Duration deadline) {
        Thread current = Thread.currentThread();
        if (stopper.get() == current) {
            return; // a hook or an AutoCloseable stops what stops it
        }
        if (isWithinRequest()) {
            new Thread(() -> stop(deadline), "bistro-stop").start();
        } else if (stopper.compareAndSet(null, current)) {
            stopNow(deadline);
        } else {
            awaitStop();
        }
    }

    private void stopNow(Duration deadline) {
        try {
            door.stop(within(deadline));
        } finally {
            end();
            stopped.countDown();
        }
    }

    /** A hook may stop the server that calls it: each of the threads counts as the one that stops. */
    private void end() {
        lifecycle.stop(container, new ShutdownSteps(within(stopTimeout), stopper::set));
    }

    private static Duration within(Duration deadline) {
        if (deadline.isNegative()) {
            return Duration.ZERO;
        }
        return deadline.compareTo(FOR_EVER) > 0 ? FOR_EVER : deadline;
    }

    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the caller was called by the transport: it would wait for itself. */
    private static boolean isWithinRequest() {
        String transport = NetServer.class.getPackageName() + ".";
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(transport)));
    }

    /** Whether all is closed. */
    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Stops, with the setting {@code server.stop-timeout} (10 seconds by default) for a deadline. */
    @Override
    public void close() {
        stop(stopTimeout);
    }
}
