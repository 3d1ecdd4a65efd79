package dev.bistro.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.net.Listener;
import dev.bistro.net.NetServer;
import dev.bistro.net.NetSettings;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of the corpora: whole over a socket, split at every byte, and pipelined behind a valid request. What is
 * rejected never reaches the application, and nothing behind it is read as a request.
 */
class CorpusTest {
    private static final String GOOD = "POST /good HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ngood";
    private static final String GOOD_READ = "POST /good | a | good";
    private static final String BEHIND = "GET /behind HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Longer files are split in two only at each of this many bytes; read byte by byte they all are. */
    private static final int LONG_BYTES = 1_500;

    private static final Recorder RECORDER = new Recorder(BodyUse.WHOLE);
    private static NetServer server;

    @BeforeAll
    static void start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int readBufferBytes = 2 * Recorder.LIMITS.maxHeadBytes();
        server = NetServer.start(
                new NetSettings(
                        List.of(Listener.plain(address)),
                        1,
                        1_000,
                        0,
                        readBufferBytes,
                        0,
                        NetSettings.MAX_OPENINGS,
                        NetSettings.OPENING_TIMEOUT,
                        Duration.ofSeconds(30),
                        NetSettings.QUEUE_TIMEOUT),
                RECORDER.protocols());
    }

    @AfterAll
    static void stop() {
        server.stop(Duration.ofSeconds(5));
    }

    @BeforeEach
    void forget() {
        RECORDER.received().clear();
    }

    static List<CorpusFile> accepted() {
        return CorpusFile.in("accepted");
    }

    static List<CorpusFile> rejected() {
        return CorpusFile.in("rejected");
    }

    private static Outcome overSocket(String bytes) throws IOException {
        try (var client = new RawClient(server.address())) {
            String written = client.send(bytes).sendEnd().readToEnd();
            return Outcome.of(RECORDER.received(), written, true);
        }
    }

    private static List<String> received(Outcome outcome) {
        return outcome.received().stream().map(Received::toString).toList();
    }

    // ---- accepted

    private static void assertAccepts(List<String> reads, Outcome outcome) {
        assertEquals(reads, received(outcome));
        assertEquals(Collections.nCopies(reads.size(), 200), outcome.statuses());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsOverASocket(CorpusFile file) throws IOException {
        assertAccepts(file.reads(), overSocket(file.bytes()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsBehindAGoodRequest(CorpusFile file) throws IOException {
        var reads = new ArrayList<>(List.of(GOOD_READ));
        reads.addAll(file.reads());
        assertAccepts(reads, overSocket(GOOD + file.bytes()));
        assertAccepts(reads, Outcome.of(BodyUse.WHOLE, GOOD + file.bytes()));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsSplitAtEveryByte(CorpusFile file) {
        Outcome whole = Outcome.of(BodyUse.WHOLE, file.bytes());
        assertAccepts(file.reads(), whole);
        assertSameSplitAnywhere(whole, file.bytes());
    }

    // ---- rejected

    private static void assertRejects(int status, List<Integer> before, Outcome outcome) {
        var statuses = new ArrayList<>(before);
        statuses.add(status);
        assertEquals(statuses, outcome.statuses());
        assertEquals(before.size(), outcome.received().size(), "a rejected request reached the application");
        assertTrue(outcome.lastResponse().contains("\r\nConnection: close\r\n"), outcome.lastResponse());
        assertTrue(outcome.closed());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejectsOverASocket(CorpusFile file) throws IOException {
        assertRejects(file.status(), List.of(), overSocket(file.bytes()));
        assertRejects(file.status(), List.of(), overSocket(file.bytes() + BEHIND));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejectsBehindAGoodRequest(CorpusFile file) throws IOException {
        assertRejects(file.status(), List.of(200), overSocket(GOOD + file.bytes() + BEHIND));
        assertEquals(GOOD_READ, RECORDER.received().get(0).toString());
        assertRejects(file.status(), List.of(200), Outcome.of(BodyUse.WHOLE, GOOD + file.bytes() + BEHIND));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejectsSplitAtEveryByte(CorpusFile file) {
        Outcome whole = Outcome.of(BodyUse.WHOLE, file.bytes());
        assertRejects(file.status(), List.of(), whole);
        assertSameSplitAnywhere(whole, file.bytes());
    }

    private static void assertSameSplitAnywhere(Outcome whole, String bytes) {
        int step = 1 + bytes.length() / LONG_BYTES;
        for (int split = 1; split < bytes.length(); split += step) {
            assertEquals(whole, Outcome.of(BodyUse.WHOLE, bytes, split), "split at " + split);
        }
        int[] everywhere = IntStream.range(1, bytes.length()).toArray();
        assertEquals(whole, Outcome.of(BodyUse.WHOLE, bytes, everywhere), "byte by byte");
    }

    @Test
    void hasManyFiles() {
        assertTrue(accepted().size() >= 80);
        assertTrue(rejected().size() >= 150);
    }
}
