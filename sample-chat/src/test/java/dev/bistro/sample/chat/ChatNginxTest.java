package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.wire.FrameClient;
import dev.bistro.wire.NginxFront;
import dev.bistro.wire.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The chat behind nginx, as the guide configures it. Each test has a room, and clients with addresses of their own. */
@Timeout(60)
@ParameterizedClass
@EnumSource
record ChatNginxTest(NginxFront.Way way) {
    private static final String ORIGIN = "Origin: https://" + NginxFront.HOST + "\r\n";

    @TempDir
    static Path folder;

    private static SSLContext clients;
    private static NginxFront front;
    private static Server server;

    @BeforeParameterizedClassInvocation
    static void open(NginxFront.Way way) throws Exception {
        if (clients == null) {
            clients = NginxFront.certify(folder);
        }
        front = NginxFront.prepare(way, folder, clients, Path.of("../framework/guide"));
        BistroBuilder application = Chat.settings().set("chat.rooms", "10");
        front.settings().forEach(application::set);
        server = application.start();
        front.start(way == NginxFront.Way.UNIX_SOCKET ? 0 : server.port());
    }

    @AfterParameterizedClassInvocation
    static void close() throws IOException {
        if (server != null) { // it is null where nginx isn't installed
            front.close();
            server.close();
        }
    }

    private static String say(String from, String room, String text) throws IOException {
        return front.exchange(from, post(room, text));
    }

    private static String post(String room, String text) {
        String form = "user=Ann&text=" + text;
        return "POST /rooms/" + room + "/messages HTTP/1.1\r\nHost: " + NginxFront.HOST + "\r\n" + ORIGIN
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\n\r\n" + form;
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static String handshake(String room, String origin) {
        return FrameClient.request("/ws/" + room, origin).replace("localhost:8080", NginxFront.HOST);
    }

    @Test
    void passesWebSocketsOn() throws IOException {
        try (RawClient socket = front.connect("127.0.0.2")) {
            assertStatus(101, socket.send(handshake("sockets", ORIGIN)).readHead());
            assertStatus(201, say("127.0.0.3", "sockets", "first"));
            socket.readUntil("\"text\":\"first\"");
            assertStatus(201, say("127.0.0.3", "sockets", "second"));
            socket.readUntil("\"text\":\"second\"");
        }
    }

    @Test
    void refusesPagesOfOtherSites() throws IOException {
        for (String origin : new String[] {"https://evil.example", "http://" + NginxFront.HOST}) {
            try (RawClient socket = front.connect("127.0.0.2")) {
                assertStatus(
                        403,
                        socket.send(handshake("evil", "Origin: " + origin + "\r\n"))
                                .readHead());
            }
        }
    }

    @Test
    void passesEventsOnAtOnce() throws IOException {
        try (RawClient events = front.connect("127.0.0.2")) {
            events.send("GET /rooms/events/messages HTTP/1.1\r\nHost: " + NginxFront.HOST
                    + "\r\nAccept: text/event-stream\r\n\r\n");
            assertStatus(200, events.readHead());
            for (String text : new String[] {"first", "second"}) {
                assertStatus(201, say("127.0.0.3", "events", text));
                events.readUntil("\"text\":\"" + text + "\"");
            }
        }
    }

    /** Clients are told apart, though all of their requests come from nginx. */
    @Test
    void limitsWhatOneClientSays() throws IOException {
        int refused = 0;
        try (RawClient client = front.connect("127.0.0.4")) {
            for (int i = 0; i < 1_000 && refused == 0; i++) {
                String answer = client.send(post("busy", "x")).readResponse();
                refused += answer.startsWith("HTTP/1.1 429 ") ? 1 : 0;
            }
        }
        assertTrue(refused > 0);
        assertStatus(201, say("127.0.0.5", "busy", "x"));
    }
}
