package dev.bistro.benchmarks.requests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The reference: a loop on one selector that reads nothing of requests but how many bytes they have, and answers each
 * with the same bytes. What a server spends beyond that is for HTTP and for the application.
 */
final class CannedLoop implements AutoCloseable {
    static final String THREAD = "canned-loop";

    private final int requestLength;
    private final byte[] response;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(256 * 1024);
    private final Selector selector;
    private final ServerSocketChannel listener;

    CannedLoop(int requestLength, byte[] response) throws IOException {
        this.requestLength = requestLength;
        this.response = response;
        selector = Selector.open();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        var thread = new Thread(this::run, THREAD);
        thread.setDaemon(true);
        thread.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException | ClosedSelectorException closed) {
            // the end
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel accepted = listener.accept();
                accepted.configureBlocking(false);
                accepted.register(selector, SelectionKey.OP_READ);
            } else {
                answer((SocketChannel) key.channel());
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    /** The client sends whole requests, and waits for their answers, which fit into the socket's buffer. */
    private void answer(SocketChannel channel) throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            channel.close();
            return;
        }
        out.clear();
        for (int i = in.position() / requestLength; i > 0; i--) {
            out.put(response);
        }
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }
}
