package dev.bistro.wire;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Many clients of a server. Declared behind it in a {@code try}, so that they are closed before it: a server that stops
 * waits some seconds for clients that are still there.
 *
 * <pre>{@code
 * try (var server = EngineServer.builder().start();
 *         var clients = new Clients<RawClient>()) {
 *     clients.add(new RawClient(server.address())).send("GET / HTTP/1.1\r\n\r\n");
 * }
 * }</pre>
 */
public final class Clients<T extends Closeable> implements Iterable<T>, Closeable {
    private final List<T> all = new ArrayList<>();

    /** Adds one, and returns it. */
    public T add(T client) {
        all.add(client);
        return client;
    }

    public T get(int index) {
        return all.get(index);
    }

    public int size() {
        return all.size();
    }

    @Override
    public Iterator<T> iterator() {
        return all.iterator();
    }

    /** Closes all; a client that a test has closed already doesn't mind. */
    @Override
    public void close() throws IOException {
        for (T client : all) {
            client.close();
        }
    }
}
