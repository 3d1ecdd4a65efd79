package dev.bistro.wire;

import dev.bistro.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * nginx in front of an application of a test, which clients reach by HTTPS and by the name {@code shop.example}, in one
 * of the ways of the guide.
 *
 * <pre>{@code
 * try (var front = NginxFront.prepare(NginxFront.Way.UNIX_SOCKET, folder, NginxFront.certify(folder), guide);
 *         Server server = builder.start()) {
 *     front.start(port);
 *     front.exchange("127.0.0.2", "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
 * }
 * }</pre>
 */
public final class NginxFront implements AutoCloseable {
    /** The name that its certificate has. */
    public static final String HOST = "shop.example";

    private final Way way;
    private final Path certificates;
    private final Path folder;
    private final NginxGuide guide;
    private final SSLContext clients;
    private final Nginx.FreePort plain = Nginx.freePort();
    private final Nginx.FreePort secure = Nginx.freePort();
    private Nginx nginx; // null before the start

    /** How nginx reaches the application, and tells it who the client is. */
    public enum Way {
        /** Over TCP, by {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
        TCP,
        /** The same over a Unix domain socket. */
        UNIX_SOCKET,
        /** Passes TLS through, behind the header of the PROXY protocol. */
        PROXY_PROTOCOL
    }

    private NginxFront(Way way, Path certificates, NginxGuide guide, SSLContext clients) throws IOException {
        this.way = way;
        this.certificates = certificates;
        this.folder = Files.createDirectory(certificates.resolve(way.name()));
        this.guide = guide;
        this.clients = clients;
    }

    /** Makes the certificate's files in a folder, and the TLS of clients that trust it. */
    public static SSLContext certify(Path folder) throws IOException {
        TestAuthority root = TestAuthority.create(folder);
        return root.server(HOST).copyTo(folder.resolve("fullchain.pem")).context(root);
    }

    /**
     * Prepares what the application has to know. Skips the test where nginx, or the part of it that is needed, isn't
     * installed.
     *
     * @param folder has the files of the certificate
     * @param clients the TLS of clients that trust it: {@link #certify}
     * @param guide the folder of the guide's pages
     */
    public static NginxFront prepare(Way way, Path folder, SSLContext clients, Path guide) throws IOException {
        if (way == Way.PROXY_PROTOCOL) {
            Nginx.assumeStream();
        } else {
            Nginx.assumeInstalled();
        }
        return new NginxFront(way, folder, new NginxGuide(guide), clients);
    }

    /** The application's settings: those of the guide, on a free port, with files of the test's. */
    public Map<String, String> settings() throws IOException {
        var others = new HashMap<String, String>();
        others.put("server.port", "0");
        others.put("server.proxy.trusted", way == Way.UNIX_SOCKET ? "unix" : "127.0.0.1");
        others.put("server.listen", "unix:" + socket());
        others.put(
                "server.tls.certificate", certificates.resolve("fullchain.pem").toString());
        others.put("server.tls.key", certificates.resolve("privkey.pem").toString());
        Map<String, String> settings = guide.settings(
                switch (way) {
                    case TCP -> "server.host=127.0.0.1";
                    case UNIX_SOCKET -> "server.listen=unix:";
                    case PROXY_PROTOCOL -> "server.proxy.protocol";
                },
                others);
        if (way != Way.UNIX_SOCKET) {
            settings.put("server.port", "0");
            settings.put("server.host", "127.0.0.1");
        }
        return settings;
    }

    private Path socket() {
        return folder.resolve("shop.sock");
    }

    /**
     * Starts nginx, and waits until it accepts connections.
     *
     * @param port the application's, if it has one
     */
    public void start(int port) throws IOException {
        Path files = Files.createDirectory(folder.resolve("nginx"));
        String upstream = way == Way.UNIX_SOCKET ? "unix:" + socket() : "127.0.0.1:" + port;
        nginx = way == Way.PROXY_PROTOCOL
                ? Nginx.start(files, guide.loadBalancer(secure, upstream), secure)
                : Nginx.start(
                        files,
                        "http {\n" + guide.internet(certificates, plain, secure, upstream) + "}\n",
                        plain,
                        secure);
    }

    /** Connects from an address of this machine, such as {@code 127.0.0.2}, and speaks TLS. */
    public RawClient connect(String from) throws IOException {
        var socket = new Socket(secure.address().getAddress(), secure.number(), InetAddress.getByName(from), 0);
        return new RawClient(speak(clients, socket));
    }

    /** Speaks TLS on a connection, as a client that asks for the certificate's name. */
    public static SSLSocket speak(SSLContext clients, Socket plain) throws IOException {
        var socket = (SSLSocket) clients.getSocketFactory().createSocket(plain, HOST, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            plain.close();
            throw refused;
        }
        return socket;
    }

    /** Sends a request, and reads the answer, whose length has to be known. */
    public String exchange(String from, String request) throws IOException {
        try (RawClient client = connect(from)) {
            return client.send(request).readResponse();
        }
    }

    /** Ends nginx; it must not have logged anything grave. */
    @Override
    public void close() throws IOException {
        try (plain;
                secure) {
            if (nginx != null) {
                nginx.close();
                List<String> grave = nginx.log()
                        .lines()
                        .filter(line -> line.matches(".*\\[(emerg|alert|crit)].*"))
                        .toList();
                if (!grave.isEmpty()) {
                    throw new AssertionError(grave);
                }
            }
        }
    }
}
