package dev.bistro.benchmarks.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * What HTTPS costs, beside nginx and Netty with the JDK's TLS, with the same certificate (EC P-256): the processor time
 * of the server's process for each request or connection, in interleaved rounds. Arguments: how many rounds (3), how
 * many seconds for each row (4), how many idle connections (5000). Needs {@code openssl}, {@code nginx} and
 * {@code wrk}.
 */
public final class TlsBenchmark {
    private static final int LARGE_FILE_BYTES = 1024 * 1024;
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");
    private static final byte[] LAST_REQUEST = "GET /plaintext HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final int seconds;
    private final Map<String, Map<String, List<Double>>> micros = new LinkedHashMap<>();

    private TlsBenchmark(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        int idle = args.length > 2 ? Integer.parseInt(args[2]) : 5_000;
        Path folder = Files.createTempDirectory("bistro-tls");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // nginx has its own user
        new TlsBenchmark(folder, seconds).run(rounds, idle);
    }

    private void run(int rounds, int idle) throws Exception {
        makeCertificate();
        var bytes = new byte[LARGE_FILE_BYTES];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("1m.bin"), bytes);
        try (Peer bistro = Peer.bistro(folder);
                Peer netty = Peer.netty(folder);
                Peer nginx = Peer.nginx(folder)) {
            List<Peer> peers = List.of(nginx, netty, bistro);
            for (Peer peer : peers) {
                measureAll(peer, seconds); // compiles
            }
            micros.clear();
            for (int i = 0; i < rounds; i++) {
                for (Peer peer : peers) {
                    measureAll(peer, seconds);
                }
            }
            print();
            for (Peer peer : peers) {
                printIdle(peer, idle);
            }
        }
    }

    private void makeCertificate() throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
                                + " -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
                                + " -keyout server.key -out server.crt")
                        .split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.out").toFile())
                .start();
        if (openssl.waitFor() != 0) {
            throw new IOException(Files.readString(folder.resolve("openssl.out")));
        }
    }

    private void measureAll(Peer peer, int seconds) throws Exception {
        measure("plaintext", peer, () -> wrk(peer, 64, "/plaintext", seconds));
        measure("file of 1 MiB", peer, () -> wrk(peer, 16, "/files/1m.bin", seconds));
        measure("connection, full handshake", peer, () -> connect(peer, seconds, false));
        measure("connection, resumed", peer, () -> connect(peer, seconds, true));
    }

    private interface Load {
        /** Asks for as long as it is told to; returns how many requests were answered. */
        long run() throws Exception;
    }

    private void measure(String row, Peer peer, Load load) throws Exception {
        double before = peer.processorSeconds();
        long count = load.run();
        double used = peer.processorSeconds() - before;
        micros.computeIfAbsent(row, added -> new LinkedHashMap<>())
                .computeIfAbsent(peer.name(), added -> new ArrayList<>())
                .add(used * 1e6 / count);
    }

    private static long wrk(Peer peer, int connections, String path, int seconds) throws Exception {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c" + connections, "-d" + seconds, "https://127.0.0.1:" + peer.port() + path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher requests = REQUESTS.matcher(output);
        if (!requests.find() || output.contains("Non-2xx")) {
            throw new IOException(peer.name() + ": " + output);
        }
        return Long.parseLong(requests.group(1));
    }

    /** New connections, one after the other, with a request each. */
    private long connect(Peer peer, int seconds, boolean resumes) throws Exception {
        SSLContext context = context();
        long count = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            exchange(resumes ? context : context(), peer);
            count++;
        }
        return count;
    }

    private static void exchange(SSLContext context, Peer peer) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", peer.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(LAST_REQUEST);
            byte[] answer = socket.getInputStream().readAllBytes();
            if (!new String(answer, StandardCharsets.US_ASCII).endsWith("Hello, World!")) {
                throw new IOException(peer.name() + " doesn't answer");
            }
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var file = Files.newInputStream(folder.resolve("server.crt"))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private void print() {
        System.out.println("| server CPU µs | " + String.join(" | ", names()) + " | Bistro to Netty | to nginx |");
        System.out.println("|---|" + "--:|".repeat(names().size() + 2));
        micros.forEach((row, byPeer) -> {
            var line = new StringBuilder("| " + row);
            byPeer.values().forEach(rounds -> line.append(" | ").append(figure(rounds)));
            List<List<Double>> all = List.copyOf(byPeer.values());
            line.append(" | %.2f | %.2f |"
                    .formatted(median(all.get(2)) / median(all.get(1)), median(all.get(2)) / median(all.get(0))));
            System.out.println(line);
        });
    }

    private List<String> names() {
        return List.copyOf(micros.values().iterator().next().keySet());
    }

    private static String figure(List<Double> rounds) {
        double least = rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return "%.1f (%.1f–%.1f)".formatted(median(rounds), least, most);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void printIdle(Peer peer, int count) throws Exception {
        long before = peer.memory();
        var idle = new ArrayList<Socket>();
        SSLContext context = context();
        try {
            for (int i = 0; i < count; i++) {
                var socket = (SSLSocket)
                        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), peer.port());
                idle.add(socket);
                socket.startHandshake();
            }
            long each = (peer.memory() - before) / count;
            System.out.printf("%s: %,d bytes for each of %,d idle connections%n", peer.name(), each, count);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }
}
