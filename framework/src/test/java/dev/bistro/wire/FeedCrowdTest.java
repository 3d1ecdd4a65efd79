package dev.bistro.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A feed with many clients, half of them with long polls and half with streams of events: each gets everything once and
 * in order.
 */
@Timeout(180)
class FeedCrowdTest {
    private static final int EACH = 5_000;
    private static final int PUBLISHED = 100;
    private static final Pattern ITEM = Pattern.compile("\"data\":([0-9]+)}");
    private static final Pattern EVENT = Pattern.compile("data: ([0-9]+)\n\n");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    @Test
    void reachesTenThousandClients() throws IOException {
        List<Client> clients = new ArrayList<>(2 * EACH);
        try (var server = ServerProcess.start(FeedServer.class, "-Xmx256m")) {
            for (int i = 0; i < 2 * EACH; i++) {
                Client client = i % 2 == 0 ? new Poll(server) : new Stream(server);
                clients.add(client);
                client.ask();
            }
            int threads = Integer.parseInt(server.ask("await " + 2 * EACH));
            assertTrue(threads < ServerProcess.FEW, threads + " threads");
            server.ask("publish 1");
            for (Client client : clients) {
                client.readTo(0);
            }
            for (Client client : clients) {
                client.ask();
            }
            server.ask("await " + 2 * EACH);
            server.ask("publish " + (PUBLISHED - 1));
            List<Integer> expected = IntStream.range(0, PUBLISHED).boxed().toList();
            for (Client client : clients) {
                client.readTo(PUBLISHED - 1);
                assertEquals(expected, client.got);
            }
            assertEquals(2 * EACH, clients.size());
        } finally {
            for (Client client : clients) {
                client.channel.close();
            }
        }
    }

    private abstract static class Client {
        final SocketChannel channel;
        final ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
        final List<Integer> got = new ArrayList<>();

        Client(ServerProcess server) throws IOException {
            channel = SocketChannel.open(server.address());
        }

        final void send(String request) throws IOException {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        }

        final String receive() throws IOException {
            bytes.clear();
            if (channel.read(bytes) < 0) {
                throw new IOException("The server closed the connection after " + got);
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        }

        final boolean has(int last) {
            return !got.isEmpty() && got.get(got.size() - 1) >= last;
        }

        /** Asks for more, if that is needed. */
        abstract void ask() throws IOException;

        abstract void readTo(int last) throws IOException;
    }

    /** Asks again after each answer. */
    private static final class Poll extends Client {
        private String since = "";

        Poll(ServerProcess server) throws IOException {
            super(server);
        }

        @Override
        void ask() throws IOException {
            send("GET /feed?wait=50&since=" + since + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }

        @Override
        void readTo(int last) throws IOException {
            while (!has(last)) {
                String response = "";
                while (!response.endsWith("\"reset\":false}")) {
                    response += receive();
                }
                assertTrue(response.startsWith("HTTP/1.1 200 "), response);
                ITEM.matcher(response).results().forEach(item -> got.add(Integer.valueOf(item.group(1))));
                since = NEXT.matcher(response)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1);
                if (!has(last)) {
                    ask();
                }
            }
        }
    }

    /** Asks once. */
    private static final class Stream extends Client {
        private boolean asked;
        private String text = "";

        Stream(ServerProcess server) throws IOException {
            super(server);
        }

        @Override
        void ask() throws IOException {
            if (!asked) {
                send("GET /feed HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");
            }
            asked = true;
        }

        @Override
        void readTo(int last) throws IOException {
            while (!has(last)) {
                text += receive();
                int end = text.lastIndexOf("\n\n") + 2;
                if (end >= 2) {
                    EVENT.matcher(text.substring(0, end))
                            .results()
                            .forEach(event -> got.add(Integer.valueOf(event.group(1))));
                    text = text.substring(end);
                }
            }
        }
    }
}
