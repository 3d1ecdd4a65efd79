package dev.bistro.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server, passes on what both send, and loses answers: a connection ends where the server
 * answers a request that has a certain text in it. The server has done then what the client isn't told of.
 */
public final class LossyProxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final String text;
    private final AtomicInteger losses;

    private LossyProxy(ServerSocket listener, InetSocketAddress server, String text, AtomicInteger losses) {
        this.listener = listener;
        this.server = server;
        this.text = text;
        this.losses = losses;
    }

    /**
     * Opens one.
     *
     * @param text of the requests whose answers are lost
     * @param losses how many of them are still to be lost; counted down
     */
    public static LossyProxy open(int serverPort, String text, AtomicInteger losses) {
        try {
            InetAddress local = InetAddress.getLoopbackAddress();
            var proxy = new LossyProxy(
                    new ServerSocket(0, 50, local), new InetSocketAddress(local, serverPort), text, losses);
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its port. */
    public int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                var upstream = new Socket();
                upstream.connect(server);
                var isLosing = new AtomicInteger();
                start(() -> pass(client, upstream, sent -> {
                    if (sent.contains(text) && losses.getAndDecrement() > 0) {
                        isLosing.set(1);
                    }
                    return true;
                }));
                start(() -> pass(upstream, client, answered -> isLosing.get() == 0));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** Decides whether what was read is passed on. */
    @FunctionalInterface
    private interface Rule {
        boolean passes(String read);
    }

    private static void pass(Socket from, Socket to, Rule rule) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            int count = in.read(buffer);
            while (count >= 0 && rule.passes(new String(buffer, 0, count, StandardCharsets.ISO_8859_1))) {
                to.getOutputStream().write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException ended) {
            // so does the other side
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
