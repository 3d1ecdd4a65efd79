package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A response that is read while it comes: server-sent events, or lines of NDJSON.
 *
 * <pre>{@code
 * try (TestStream events = client.get("/messages").accept("text/event-stream").stream()) {
 *     client.post("/messages").json(hello).send();
 *     assertEquals("Hello", events.nextEvent().data());
 * }
 * }</pre>
 */
public final class TestStream implements Closeable {
    private final Exchange exchange;
    private final ResponseReader response;
    private final ClientConnection connection;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final BufferedReader lines;

    TestStream(Exchange exchange, ResponseReader response, ClientConnection connection) {
        this.exchange = exchange;
        this.response = response;
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(kept(response.body()), StandardCharsets.UTF_8), 1);
    }

    /** The stream, with all that is read of it kept for the message of a failure. */
    private InputStream kept(InputStream body) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int b = body.read();
                if (b >= 0) {
                    read.write(b);
                }
                return b;
            }

            @Override
            public int read(byte[] array, int offset, int length) throws IOException {
                int b = read();
                if (b < 0) {
                    return -1;
                }
                array[offset] = (byte) b;
                return 1;
            }
        };
    }

    /**
     * An event.
     *
     * @param id its id, empty for none
     * @param event its kind, empty for a plain message
     * @param data its data, lines and all
     * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent events</a>
     */
    public record Event(String id, String event, String data) {
        /** The data, read from JSON. */
        public <T> T json(Class<T> type) {
            return type.cast(Json.read(data.getBytes(StandardCharsets.UTF_8), type));
        }
    }

    /** The status code: 200. */
    public int status() {
        return response.status().code();
    }

    /** The header fields. */
    public Headers headers() {
        return response.headers();
    }

    /**
     * Waits for the next line.
     *
     * @throws AssertionError if the response ends, or nothing comes for 30 seconds
     */
    public String nextLine() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw failure("The response has ended");
            }
            return line;
        } catch (IOException e) {
            throw failure("Nothing more came: " + e.getMessage());
        }
    }

    /** Waits for the next line that isn't empty, and reads it from JSON: {@code nextJson(Message.class)}. */
    public <T> T nextJson(Class<T> type) {
        String line = nextLine();
        while (line.isEmpty()) {
            line = nextLine();
        }
        return type.cast(Json.read(line.getBytes(StandardCharsets.UTF_8), type));
    }

    /** Waits for the next server-sent event; comments and what says nothing are passed over. */
    public Event nextEvent() {
        String id = "";
        String event = "";
        StringBuilder data = null;
        for (String line = nextLine(); !line.isEmpty() || data == null; line = nextLine()) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" ->
                    data = data == null
                            ? new StringBuilder(value)
                            : data.append('\n').append(value);
                default -> {} // a comment, a retry, or an empty line after no data
            }
        }
        return new Event(id, event, data.toString());
    }

    private AssertionError failure(String what) {
        return exchange.failure(what, response.status(), response.headers(), read.toByteArray());
    }

    /** Closes the connection, as a client that goes away. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw failure("The connection could not be closed: " + e.getMessage());
        }
    }
}
