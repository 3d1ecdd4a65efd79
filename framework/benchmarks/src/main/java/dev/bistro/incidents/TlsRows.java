package dev.bistro.incidents;

import static dev.bistro.incidents.Lab.outcome;

import dev.bistro.incidents.Row.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Incidents of a server that speaks TLS. */
final class TlsRows {
    private static final int STALLED = 500;
    private static final int WARM_UP = 200;
    private static final int MEASURED = 300;
    private static final int MAX_FLIGHT_BYTES = 40_000;
    private static final double HANDSHAKE_MILLIS = 100;

    private TlsRows() {}

    static final List<Row> ALL = List.of(Row.of(
            "tls-stall",
            "500 clients stall in a handshake: new ones have their answer in 100 ms (99 of 100), and none fails",
            TlsRows::stall,
            "--server.tls.development=true",
            "--server.tls.handshake-timeout=60s"));

    private static Outcome stall(Lab lab) throws Exception {
        connectAndAsk(lab, WARM_UP);
        Latencies before = connectAndAsk(lab, MEASURED);
        List<SocketChannel> stalled = new ArrayList<>();
        try {
            byte[] hello = hello();
            int[] lengths = {0, 5, hello.length / 2, hello.length}; // the last gets an answer, and never replies
            for (int i = 0; i < STALLED; i++) {
                stalled.add(SocketChannel.open(lab.server.address()));
                stalled.get(i).write(ByteBuffer.wrap(hello, 0, lengths[i % lengths.length]));
            }
            Latencies during = connectAndAsk(lab, MEASURED);
            return compare(before, during, heldCount(stalled));
        } finally {
            for (SocketChannel each : stalled) {
                each.close();
            }
        }
    }

    private static Outcome compare(Latencies before, Latencies during, int held) {
        return outcome(
                during.percentile(99) <= HANDSHAKE_MILLIS && held == STALLED,
                "p50 %.1f ms, p99 %.1f ms; before p50 %.1f ms, p99 %.1f ms; %d still stalled",
                during.percentile(50),
                during.percentile(99),
                before.percentile(50),
                before.percentile(99),
                held);
    }

    /** How many the server hasn't closed. */
    private static int heldCount(List<SocketChannel> channels) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_FLIGHT_BYTES);
        int held = 0;
        for (SocketChannel each : channels) {
            each.configureBlocking(false);
            int count = each.read(buffer.clear());
            while (count > 0) {
                count = each.read(buffer.clear());
            }
            held += count == 0 ? 1 : 0;
        }
        return held;
    }

    /** How long connections take, each with a full handshake, a request and its answer, one after the other. */
    private static Latencies connectAndAsk(Lab lab, int count) throws IOException, GeneralSecurityException {
        var latencies = new Latencies();
        for (int i = 0; i < count; i++) {
            SSLContext context = context(); // resumes nothing
            long start = System.nanoTime();
            try (SSLSocket socket = open(lab.server.address(), context)) {
                socket.getOutputStream().write(Client.get("/hello"));
                if (socket.getInputStream().read() != 'H') {
                    throw new IOException("no answer");
                }
            }
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    private static SSLSocket open(InetSocketAddress address, SSLContext context) throws IOException {
        var plain = new Socket(address.getAddress(), address.getPort());
        plain.setTcpNoDelay(true);
        return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", address.getPort(), true);
    }

    /** The first flight of a client. */
    private static byte[] hello() throws GeneralSecurityException, SSLException {
        SSLEngine engine = context().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer flight = ByteBuffer.allocate(MAX_FLIGHT_BYTES);
        engine.wrap(ByteBuffer.allocate(0), flight);
        return Arrays.copyOf(flight.array(), flight.position());
    }

    /** Trusts anybody: the server makes its certificate at the start, and nothing but time is of interest here. */
    private static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("a server's");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
