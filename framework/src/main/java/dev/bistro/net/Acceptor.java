package dev.bistro.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket, registered with the first loop: accepts connections and gives each to the loop that has the fewest. While there
 * are as many as are allowed, or the system has no descriptor left, further ones wait in the system's queue.
 */
final class Acceptor implements Ready {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final ServerSocketChannel channel;
    private final EventLoop loop;
    private final NetServer server;
    private SelectionKey key; // owner of this and what follows: the leader of the loop
    private long nextId = 1;
    private boolean paused;

    Acceptor(ServerSocketChannel channel, EventLoop loop, NetServer server) {
        this.channel = channel;
        this.loop = loop;
        this.server = server;
    }

    void start() {
        try {
            key = channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
        } catch (ClosedChannelException stopped) {
            LOG.debug("Stopped before the first connection");
        }
    }

    @Override
    public boolean collected(SelectionKey ready) {
        return true;
    }

    @Override
    public void serve(Worker leader) {
        try {
            while (server.admitsConnection()) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                open(accepted);
            }
            pause();
        } catch (ClosedChannelException stopped) {
            LOG.debug("No longer accepting");
        } catch (IOException e) {
            LOG.warn("Can't accept connections for now: {}", e.toString());
            pause();
        }
    }

    private void open(SocketChannel accepted) {
        EventLoop least = server.leastLoadedLoop(loop);
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var connection = new SocketConnection(nextId++, accepted, least, server);
            server.connectionOpened(least);
            if (least == loop) {
                connection.start();
            } else {
                least.execute(connection::start);
            }
        } catch (IOException gone) {
            LOG.debug("A client was gone before it was accepted: {}", gone.toString());
            closeQuietly(accepted);
        }
    }

    private static void closeQuietly(SocketChannel accepted) {
        try {
            accepted.close();
        } catch (IOException e) {
            LOG.debug("Closed with a fault: {}", e.toString());
        }
    }

    /** Until the next sweep. */
    private void pause() {
        paused = true;
        interest(0);
    }

    private void interest(int operations) {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException stopped) {
            LOG.debug("No longer accepting");
        }
    }

    @Override
    public void sweep(Worker leader) {
        if (paused && server.admitsConnection()) {
            paused = false;
            interest(SelectionKey.OP_ACCEPT);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closed with a fault: {}", e.toString());
        }
    }
}
