package dev.bistro;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server when the process ends. The virtual machine would end with status 143 on SIGTERM and 130 on Ctrl-C; a server that stopped in order
 * ends with 0, which takes a signal handler, and that is in no Java API but in {@code jdk.unsupported}. Where there is none, the shutdown hook
 * remains.
 */
final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private ProcessEnd() {}

    static void stop(Server server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopNow(server), "bistro-stop"));
        exitOn("INT");
        exitOn("TERM");
    }

    private static void stopNow(Server server) {
        LOG.info("Stopping: waiting for running requests");
        server.close();
        LOG.info("Stopped");
    }

    private static void exitOn(String signal) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            InvocationHandler exit = (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                    System.exit(0); // which runs the shutdown hooks, ours among them
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
