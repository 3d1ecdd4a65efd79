package dev.bistro.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How long it takes from a publish to the last of many clients that wait, and what they cost. Arguments: how many
 * clients (10,000), how many publishes (50), the server's heap (256m). The first quarter of the publishes isn't
 * counted.
 */
public final class FeedBenchmark {
    private static final int PIECE = 64 * 1024;

    /** How clients wait. */
    private enum Kind {
        EVENTS("Accept: text/event-stream\r\n", ""),
        LINES("Accept: application/x-ndjson\r\n", ""),
        POLLS("Accept: application/json\r\n", "wait=50&");

        final String field;
        final String query;

        Kind(String field, String query) {
            this.field = field;
            this.query = query;
        }
    }

    /** A client: its channel, and what it got of the present answer. */
    private static final class Client {
        final SocketChannel channel;
        final StringBuilder got = new StringBuilder();
        int last = -1;

        Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Kind kind;
    private final List<Client> clients = new ArrayList<>();
    private final Selector selector;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final Process process;
    private final BufferedReader answers;
    private final InetSocketAddress address;

    private FeedBenchmark(Kind kind, String heap) throws IOException, URISyntaxException {
        this.kind = kind;
        this.selector = Selector.open();
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        classPath(),
                        FeedBenchmarkServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    /** Ours; within Maven's own process it isn't the process's. */
    private static String classPath() throws URISyntaxException {
        if (!(FeedBenchmark.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        var files = new ArrayList<String>();
        for (URL url : loader.getURLs()) {
            files.add(Path.of(url.toURI()).toString());
        }
        return String.join(File.pathSeparator, files);
    }

    /** The log comes first. */
    private int port() throws IOException {
        String line = answers.readLine();
        while (!line.matches("[0-9]+")) {
            line = answers.readLine();
        }
        return Integer.parseInt(line);
    }

    public static void main(String[] args) throws Exception {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int publishes = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        String heap = args.length > 2 ? args[2] : "256m";
        System.out.printf(
                "%,d clients, %d publishes, heap %s, %d processors%n",
                clients, publishes, heap, Runtime.getRuntime().availableProcessors());
        for (Kind kind : Kind.values()) {
            new FeedBenchmark(kind, heap).run(clients, publishes);
        }
    }

    private void run(int count, int publishes) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            clients.add(connect());
        }
        ask("await " + count);
        long heapWaiting = ask("heap");
        var times = new ArrayList<double[]>();
        for (int number = 0; number < publishes; number++) {
            double[] millis = publish(number);
            if (number >= publishes / 4) {
                times.add(millis);
            }
            if (kind == Kind.POLLS) {
                ask("await " + count);
            }
        }
        System.out.printf(
                "%-7s publish to the median client %s ms, to the last one %s ms (median of %d, worst %s); heap in "
                        + "use %,d MiB%n",
                kind,
                millis(times.stream().mapToDouble(each -> each[count / 2])),
                millis(times.stream().mapToDouble(each -> each[count - 1])),
                times.size(),
                worst(times, count),
                heapWaiting >> 20);
        close();
    }

    private static String millis(DoubleStream times) {
        double[] sorted = times.sorted().toArray();
        return String.format("%.1f", sorted[sorted.length / 2]);
    }

    private static String worst(List<double[]> times, int count) {
        return String.format(
                "%.1f",
                times.stream().mapToDouble(each -> each[count - 1]).max().orElse(0));
    }

    private Client connect() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        var client = new Client(channel);
        send(client, "latest");
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        return client;
    }

    private void send(Client client, String since) throws IOException {
        String request =
                "GET /feed?" + kind.query + "since=" + since + " HTTP/1.1\r\nHost: localhost\r\n" + kind.field + "\r\n";
        client.channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    private long ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return Long.parseLong(answers.readLine());
    }

    /** The milliseconds from a publish to each of the clients, sorted. */
    private double[] publish(int number) throws IOException {
        var millis = new double[clients.size()];
        long start = System.nanoTime();
        process.getOutputStream().write(("publish " + number + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        int reached = 0;
        while (reached < millis.length) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (read((Client) key.attachment(), number)) {
                    millis[reached++] = (System.nanoTime() - start) / 1e6;
                }
            }
            selector.selectedKeys().clear();
        }
        answers.readLine();
        Arrays.sort(millis);
        return millis;
    }

    /** Whether the client has the number with this. */
    private boolean read(Client client, int number) throws IOException {
        piece.clear();
        if (client.channel.read(piece) < 0) {
            throw new IOException("A client was cut off");
        }
        client.got.append(StandardCharsets.US_ASCII.decode(piece.flip()));
        boolean complete = client.got.indexOf("\"number\":" + number + "}") >= 0
                && (kind != Kind.POLLS || client.got.indexOf("\"reset\":") >= 0);
        if (!complete || client.last == number) {
            return false;
        }
        client.last = number;
        if (kind == Kind.POLLS) {
            String text = client.got.toString();
            send(client, text.replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1"));
        }
        client.got.setLength(0);
        return true;
    }

    private void close() throws IOException, InterruptedException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
        process.getOutputStream().close();
        process.waitFor();
    }
}
