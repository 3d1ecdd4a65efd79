package dev.bistro.lifecycle;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server when the process ends. The virtual machine alone would end with status 143 on SIGTERM and 130 on
 * Ctrl-C, but a server that stopped in order ends with 0. That takes a signal handler, which only
 * {@code jdk.unsupported} has; where that is missing, the shutdown hook remains.
 *
 * <pre>
 *   install ──▶ starting ──── started ────▶ running ── signal ──▶ the server stops, status 0
 *                  ├── ended ───▶ nothing to stop
 *                  └── signal ──▶ the thread that starts is interrupted, and closes what it made; status 130 or 143
 * </pre>
 */
public final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int BY_SIGNAL = 128; // what shells add to a signal's number
    private static final long START_SECONDS = 10;

    private final Thread starter = Thread.currentThread();
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean ending;
    private volatile Runnable stop; // null until the server has started
    private volatile BooleanSupplier isStopped;
    private volatile BooleanSupplier hasten;

    /** Handles the end of the process from now on; called by the thread that starts the server. */
    public void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bistro-stop"));
        exitOn("INT", SIGINT);
        exitOn("TERM", SIGTERM);
    }

    /**
     * Tells that the server has started.
     *
     * @param stopping stops it, and returns when it has stopped
     * @param whetherStopped whether it has stopped already
     * @param hastening ends a delay of the stop; false if there is none
     */
    public void started(Runnable stopping, BooleanSupplier whetherStopped, BooleanSupplier hastening) {
        isStopped = whetherStopped;
        hasten = hastening;
        stop = stopping;
        ended();
    }

    /**
     * Tells that the start has ended, with a server or without one; a second call does nothing more.
     *
     * @return whether the process is ending already
     */
    public boolean ended() {
        startEnded.countDown();
        return ending;
    }

    private void stop() {
        ending = true;
        boolean early = startEnded.getCount() > 0;
        if (early) {
            starter.interrupt();
        }
        awaitStart();
        if (stop != null && !isStopped.getAsBoolean()) {
            LOG.info("Stopping: waiting for running requests");
            stop.run();
            LOG.info("Stopped");
        } else if (early) {
            LOG.info("Stopped before it had started");
        }
    }

    private void awaitStart() {
        try {
            if (!startEnded.await(START_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The start goes on in spite of an interrupt; what it made is not closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exit(int signal) {
        if (signalled.getAndSet(true)) {
            if (stop != null && hasten.getAsBoolean()) {
                return; // the stop has begun in order, and goes on without its delay
            }
            Runtime.getRuntime().halt(BY_SIGNAL + signal); // whoever sends a second one doesn't want to wait
        }
        System.exit(stop != null ? 0 : BY_SIGNAL + signal); // runs the shutdown hooks, ours among them
    }

    private void exitOn(String signal, int number) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            InvocationHandler exit = (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                    exit(number);
                }
                return null;
            };
            Object handler = Proxy.newProxyInstance(ProcessEnd.class.getClassLoader(), new Class<?>[] {handlers}, exit);
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("SIG{} ends the process with the status that the virtual machine gives it", signal, e);
        }
    }
}
