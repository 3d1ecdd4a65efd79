package dev.bistro.incidents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Many connections that one thread moves. */
final class Clients implements AutoCloseable {
    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final List<Client> all = new ArrayList<>();
    private final List<Client> paced = new ArrayList<>();
    private Latencies latencies = new Latencies();

    Clients(InetSocketAddress address) throws IOException {
        this.address = address;
        this.selector = Selector.open();
    }

    List<Client> all() {
        return all;
    }

    /** How long the answers to repeated requests took since the last {@link #measure}. */
    Latencies latencies() {
        return latencies;
    }

    void measure() {
        latencies = new Latencies();
    }

    void paced(Client client) {
        paced.add(client);
    }

    /** One more connection, which sends this when it is there. */
    Client open(byte[] first) throws IOException {
        return open(first, 0);
    }

    /** One whose receive buffer is as small as that; 0 for the system's own size. */
    Client open(byte[] first, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        var client = new Client(this, channel, first);
        channel.connect(address);
        client.registered(channel.register(selector, SelectionKey.OP_CONNECT, client));
        all.add(client);
        return client;
    }

    List<Client> open(int count, IntFunction<byte[]> first) throws IOException {
        int before = all.size();
        for (int i = 0; i < count; i++) {
            open(first.apply(i));
        }
        return List.copyOf(all.subList(before, all.size()));
    }

    void run(long millis) throws IOException {
        runUntil(millis, () -> false);
    }

    /** Moves all connections until the condition is true, but no longer than so many milliseconds; whether it is. */
    boolean runUntil(long millis, BooleanSupplier condition) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now >= end) {
                return false;
            }
            paced.forEach(each -> each.sendIfDue(now));
            selector.select(paced.isEmpty() ? 5 : 1);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isValid()) {
                    ((Client) key.attachment()).ready(buffer);
                }
            }
            selector.selectedKeys().clear();
        }
        return true;
    }

    /** A registered channel that is closed is only let go of, and reset, by the next look at the selector. */
    void letGo() {
        try {
            selector.selectNow();
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forgetEnded() {
        all.removeIf(each -> !each.isOpen());
        paced.removeIf(each -> !each.isOpen());
    }

    int count(Predicate<Client> which) {
        return (int) all.stream().filter(which).count();
    }

    /** As {@code 200: 32, closed without an answer: 118}. */
    static String tally(List<Client> clients) {
        var counts = new TreeMap<String, Integer>();
        for (Client each : clients) {
            String what = each.answers.complete() > 0
                    ? String.valueOf(each.answers.status())
                    : switch (each.end()) {
                        case CLOSED -> "closed without an answer";
                        case RESET -> "reset without an answer";
                        default -> "no answer";
                    };
            counts.merge(what, 1, Integer::sum);
        }
        return counts.toString().replaceAll("[{}]", "").replace("=", ": ");
    }

    @Override
    public void close() throws IOException {
        all.forEach(Client::close);
        selector.close();
    }
}
