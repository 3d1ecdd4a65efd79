package dev.bistro.observe.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording has of a real server. */
@Timeout(60)
class FlightEventsTest {
    private static final BlockingQueue<RecordedEvent> REQUESTS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<RecordedEvent> HAND_OVERS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<RecordedEvent> STUCK = new LinkedBlockingQueue<>();
    private static CountDownLatch leave;
    private static Server server;

    @Route("/")
    static final class Shop {
        @Get("/items/{id}")
        String item(int id) {
            return "item";
        }

        @Get("/wait/{id}")
        String await(int id) throws InterruptedException {
            leave.await();
            return "waited";
        }

        @Get("/stuck/{id}")
        @Blocking
        String stuck(int id) throws InterruptedException {
            leave.await();
            return "ended";
        }
    }

    @BeforeAll
    static void start() {
        server = Bistro.app(FlightEventsTest.class)
                .classes(Shop.class)
                .set("server.loops", "1")
                .set("server.stuck-after", "20ms")
                .port(0)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Will record all events, which are seen within a second or two. */
    private static RecordingStream record() {
        var stream = new RecordingStream();
        stream.setReuse(false);
        stream.enable("dev.bistro.Request");
        stream.enable("dev.bistro.HandOver");
        stream.enable("dev.bistro.StuckHandler");
        stream.onEvent("dev.bistro.Request", REQUESTS::add);
        stream.onEvent("dev.bistro.HandOver", HAND_OVERS::add);
        stream.onEvent("dev.bistro.StuckHandler", STUCK::add);
        return stream;
    }

    private static String ask(String path) throws IOException {
        return RawClient.exchange(server.address(), request(path));
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    }

    /** The event of a request for a path, or of one with an id. */
    private static RecordedEvent next(BlockingQueue<RecordedEvent> events, String field, String value)
            throws InterruptedException {
        while (true) {
            RecordedEvent event = events.poll(30, TimeUnit.SECONDS);
            assertTrue(event != null, "not recorded: " + value);
            if (value.equals(event.getString(field))) {
                return event;
            }
        }
    }

    private static String id(String answer) {
        return answer.replaceAll("(?s).*X-Request-Id: (\\S+).*", "$1");
    }

    @Test
    void hasEachRequest() throws Exception {
        assertFalse(new FlightEvents().isOn(), "nobody records yet");
        try (RecordingStream stream = record()) {
            stream.startAsync();
            assertTrue(new FlightEvents().isOn());
            String answer = ask("/items/7");
            ask("/nowhere;token=x");

            RecordedEvent found = next(REQUESTS, "path", "/items/7");
            assertEquals(id(answer), found.getString("requestId"));
            assertEquals("GET", found.getString("method"));
            assertEquals("/items/{id}", found.getString("route"));
            assertEquals(200, found.getInt("status"));
            assertEquals(4, found.getLong("bytes"));
            assertTrue(found.getBoolean("complete"));
            assertTrue(found.getDuration().toNanos() > 0);
            RecordedEvent unrouted = next(REQUESTS, "path", "/nowhere;token=***");
            assertEquals(404, unrouted.getInt("status"));
            assertNull(unrouted.getString("route"));
        }
        assertFalse(new FlightEvents().isOn(), "nobody records any more");
    }

    @Test
    void hasHandOversAndStuckHandlers() throws Exception {
        leave = new CountDownLatch(1);
        try (RecordingStream stream = record();
                var waiting = new RawClient(server.address());
                var stuck = new RawClient(server.address())) {
            stream.startAsync();
            waiting.send(request("/wait/1"));
            stuck.send(request("/stuck/1"));
            RecordedEvent handOver = next(HAND_OVERS, "route", "/wait/{id}");
            RecordedEvent first = next(STUCK, "route", "/stuck/{id}");
            leave.countDown();

            assertEquals(id(waiting.readToEnd()), handOver.getString("requestId"));
            assertEquals("GET", handOver.getString("method"));
            assertEquals(0, handOver.getInt("loop"));
            assertTrue(handOver.getThread("heldUp").getJavaName().startsWith("bistro-worker-"));
            assertEquals(id(stuck.readToEnd()), first.getString("requestId"));
            assertEquals("GET", first.getString("method"));
            assertTrue(first.getDuration("atLeast").compareTo(Duration.ofMillis(20)) > 0);
            assertTrue(first.getString("stack").contains("Shop.stuck("), first.getString("stack"));
        }
    }

    @Test
    void aThresholdLeavesTheShortOut(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("requests.jfr");
        try (var recording = new Recording()) {
            recording.enable("dev.bistro.Request").withThreshold(Duration.ofDays(1));
            recording.start();
            ask("/items/7");
            recording.stop();
            recording.dump(file);
        }

        List<String> names = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getEventType().getName())
                .toList();
        assertFalse(names.contains("dev.bistro.Request"), names.toString());
    }
}
