package dev.bistro;

import dev.bistro.health.probe.Readiness;
import dev.bistro.inject.Container;
import dev.bistro.lifecycle.Lifecycle;
import dev.bistro.lifecycle.ShutdownSteps;
import dev.bistro.net.NetServer;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;

/** A running server, with the application behind it. */
public final class Server implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofDays(365); // nanoseconds have to fit into a long

    private final Transport transport;
    private final Optional<ManagementListener> management;
    private final Readiness readiness;
    private final Container container;
    private final Lifecycle lifecycle;
    private final List<RouteInfo> routes;
    private final Drain drain;
    private final Supplier<Map<String, Object>> openApi;
    private final Duration stopTimeout;
    private final AtomicReference<Thread> stopper = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean failed;

    Server(
            OpenPorts open,
            Readiness readiness,
            Container container,
            Lifecycle lifecycle,
            List<RouteInfo> routes,
            Duration drainDelay,
            Supplier<Map<String, Object>> openApi,
            Duration stopTimeout) {
        this.transport = open.transport();
        this.management = open.management();
        this.readiness = readiness;
        this.container = container;
        this.lifecycle = lifecycle;
        this.routes = routes;
        this.drain = new Drain(drainDelay);
        this.openApi = openApi;
        this.stopTimeout = stopTimeout;
        whenFailed(() -> {});
    }

    /**
     * The first address of TCP that it listens on, with the actual port.
     *
     * @throws IllegalStateException if it was started {@linkplain BistroBuilder#startInProcess within the process}
     */
    public InetSocketAddress address() {
        return transport.address();
    }

    /**
     * All addresses that it listens on, with their actual ports, in the order of the settings; that of
     * {@code server.tls.port} is the last. Empty if it was started {@linkplain BistroBuilder#startInProcess within the
     * process}.
     */
    public List<SocketAddress> addresses() {
        return transport.addresses();
    }

    /**
     * The address of the listener for health, metrics and the description of the routes, with the actual port:
     * {@code 127.0.0.1:9000}. Empty without the setting {@code management.port}, and if the server was started
     * {@linkplain BistroBuilder#startInProcess within the process}.
     */
    public Optional<InetSocketAddress> managementAddress() {
        return management.map(ManagementListener::address);
    }

    /** The port that it listens on. */
    public int port() {
        return address().getPort();
    }

    /**
     * The address for a client on this machine: {@code http://localhost:8080}, or {@code https://localhost:8443} where
     * that port speaks TLS. For a server within the process {@code http://localhost} or {@code https://localhost},
     * which only {@link #connect()} reaches.
     */
    public URI uri() {
        return URI.create(transport.name());
    }

    /**
     * The address for a client on this machine that speaks TLS: {@link #uri()}, or that of the other port where plain
     * HTTP has one too; empty if the server speaks no TLS.
     */
    public Optional<URI> httpsUri() {
        return transport.httpsName().map(URI::create);
    }

    /**
     * Trusts exactly the certificates that the server shows at the moment of a handshake, for clients in tests:
     *
     * <pre>{@code
     * SSLContext context = SSLContext.getInstance("TLS");
     * context.init(null, new TrustManager[] {server.trustManager()}, null);
     * }</pre>
     *
     * @throws IllegalStateException if the server speaks no TLS
     */
    public X509TrustManager trustManager() {
        return transport.trust().orElseThrow(Server::noTls);
    }

    private static IllegalStateException noTls() {
        return new IllegalStateException("The server speaks no TLS. Give it a certificate;"
                + " server.tls.development=true makes one for localhost, for development and tests");
    }

    /**
     * Opens a connection to {@link #uri()}, over a socket; or without one, if it was started
     * {@linkplain BistroBuilder#startInProcess within the process}. If that is an address for TLS, the connection is
     * over TLS and trusts the {@linkplain #trustManager() server's own certificates} only.
     *
     * @throws IOException if it has stopped
     */
    public ClientConnection connect() throws IOException {
        return transport.connect();
    }

    /**
     * Opens a connection to {@link #httpsUri()}, over a socket or within the process, with these settings of TLS:
     *
     * <pre>{@code
     * SSLParameters parameters = context.getDefaultSSLParameters();
     * parameters.setProtocols(new String[] {"TLSv1.2"});
     * parameters.setServerNames(List.of(new SNIHostName("shop.example")));
     * server.connect(context, parameters).tls();      // the session: TLSv1.2
     * }</pre>
     *
     * <p>The certificate that the server shows is always verified to be for the first of these server names, or for the
     * host of {@link #httpsUri()} if there is none. Within the process, client and server shake hands as over a socket,
     * and what they send afterwards isn't encrypted.
     *
     * @throws IOException if it has stopped, or a {@link javax.net.ssl.SSLException} if one of the two refuses the
     *     other
     * @throws IllegalStateException if the server speaks no TLS
     */
    public ClientConnection connect(SSLContext context, SSLParameters parameters) throws IOException {
        trustManager();
        return transport.connect(context, parameters);
    }

    /**
     * What it does at this moment and has done so far: {@code server.statistics().workers()}.
     *
     * @throws IllegalStateException if it was started {@linkplain BistroBuilder#startInProcess within the process}
     */
    public ServerStatistics statistics() {
        return transport.statistics();
    }

    /**
     * Whether it has failed: none of its event loops can go on, since the system gave it no selector any more. It
     * answers nobody then. {@link Bistro#run} ends its process with status 1; whoever started the server by hand
     * decides what to do.
     */
    public boolean hasFailed() {
        return failed;
    }

    /** Runs the action when it has failed. */
    void whenFailed(Runnable action) {
        transport.whenFailed(() -> {
            failed = true;
            readiness.fail();
            drain.end(); // nobody is answered any more
            action.run();
        });
    }

    /** The application's routes, as they are printed at startup. */
    public List<RouteInfo> routes() {
        return routes;
    }

    /**
     * The OpenAPI document of the routes, whether it is served or not: {@code server.openApi().get("paths")}. It is
     * made anew by each call, as a tree of maps in their order, lists, texts, numbers, booleans and nulls, and belongs
     * to the caller.
     *
     * @throws RuntimeException what an {@code OpenApiCustomizer} of the application throws
     */
    public Map<String, Object> openApi() {
        return openApi.get();
    }

    /** An object of the application, as injection would give it: {@code server.get(Catalog.class)}. */
    public <T> T get(Class<T> type) {
        return container.get(type);
    }

    /**
     * An object of a type with arguments, or with a qualifier, as a field or parameter declares it:
     * {@code server.get(field.getGenericType(), List.of(field.getAnnotations()))}.
     *
     * @param type a class, or one with its arguments
     * @param annotations those of the field or parameter; all but a qualifier are ignored
     * @throws dev.bistro.startup.StartupException if nothing provides it, more than one does, or it can't be made
     */
    public Object get(Type type, List<Annotation> annotations) {
        return container.get(type, annotations);
    }

    /**
     * Stops: isn't ready any more, and goes on for the setting {@code server.drain-delay} (none by default), within the
     * deadline; a second call ends this delay. Then it takes no more connections, lets running requests finish until
     * the deadline, and closes what is left. Then it calls the application's {@code @OnStop} methods and closes its
     * {@code AutoCloseable} singletons, last made first. These have the setting {@code server.stop-timeout} in all, and
     * one second each when that is used up; one that takes longer is interrupted, logged and left behind. Returns when
     * all is closed; a second call waits for the first. Called from within a request, it returns at once, and the
     * server stops when that request is answered.
     *
     * @param deadline for running requests; zero or less closes them now
     */
    public void stop(Duration deadline) {
        Thread current = Thread.currentThread();
        if (stopper.get() == current) {
            return; // a hook or an AutoCloseable stops the server that is stopping
        }
        if (isWithinRequest()) {
            new Thread(() -> stop(deadline), "bistro-stop").start();
        } else if (stopper.compareAndSet(null, current)) {
            stopNow(deadline);
        } else {
            endDrain();
            awaitStop();
        }
    }

    private void stopNow(Duration deadline) {
        Duration limit = within(deadline);
        long begun = System.nanoTime();
        readiness.refuse("It is stopping");
        try {
            drain.await(transport, limit);
            transport.stop(within(limit.minusNanos(System.nanoTime() - begun)));
        } finally {
            endAll();
        }
    }

    private void endAll() {
        try {
            end();
        } finally {
            management.ifPresent(ManagementListener::stop);
            stopped.countDown();
        }
    }

    /** Ends the time in which it still accepts, or keeps it from beginning; false if it is over already. */
    boolean endDrain() {
        return drain.end();
    }

    /** Counts each thread that runs a hook as the one that stops: a hook may stop the server that calls it. */
    private void end() {
        lifecycle.stop(container, new ShutdownSteps(within(stopTimeout), stopper::set));
    }

    private static Duration within(Duration deadline) {
        if (deadline.isNegative()) {
            return Duration.ZERO;
        }
        return deadline.compareTo(LONGEST) > 0 ? LONGEST : deadline;
    }

    private void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the transport is on the caller's stack: stopping would wait for the caller itself. */
    private static boolean isWithinRequest() {
        String engine = NetServer.class.getPackageName() + ".";
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(engine)));
    }

    /** Whether all is closed. */
    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Stops as {@link #stop} does, with the setting {@code server.stop-timeout} (10 seconds by default) as the
     * deadline.
     */
    @Override
    public void close() {
        stop(stopTimeout);
    }
}
