package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import dev.bistro.http.Status;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A response that is read while it comes: server-sent events, or lines of NDJSON.
 *
 * <pre>{@code
 * try (TestStream events = client.get("/messages").accept("text/event-stream").stream()) {
 *     client.post("/messages").json(hello).send();
 *     events.nextEvent().assertJson("/text", "Hello");
 * }
 * }</pre>
 */
public final class TestStream implements Closeable {
    private final RecordedExchange exchange;
    private final ResponseReader response;
    private final ClientConnection connection;
    private final Transcript came = new Transcript();
    private final BufferedReader lines;

    TestStream(RecordedExchange exchange, ResponseReader response, ClientConnection connection) {
        this.exchange = exchange;
        this.response = response;
        this.connection = connection;
        this.lines = new BufferedReader(recorded(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** The text, recorded for the message of a failure. */
    private Reader recorded(Reader body) {
        return new FilterReader(body) {
            @Override
            public int read(char[] array, int offset, int length) throws IOException {
                int count = super.read(array, offset, length);
                if (count > 0) {
                    came.add(new String(array, offset, count));
                }
                return count;
            }
        };
    }

    /** The status: {@link Status#OK}. */
    public Status status() {
        return response.status();
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
                throw failure("The response has ended, and nothing more came");
            }
            return line;
        } catch (IOException e) {
            throw failure("Nothing more came: " + e);
        }
    }

    /** Waits for the next line that isn't empty: {@code nextMessage().assertJson("/name", "Tea")}. */
    public TestMessage nextMessage() {
        String line = nextLine();
        while (line.isEmpty()) {
            line = nextLine();
        }
        return new TestMessage("", "", line, exchange.json(), this::failure);
    }

    /** Waits for the next line that isn't empty, and reads it from JSON: {@code nextJson(Message.class)}. */
    public <T> T nextJson(Class<T> type) {
        return nextMessage().json(type);
    }

    /**
     * Waits for the next server-sent event; comments and events without data are skipped.
     *
     * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent events</a>
     */
    public TestMessage nextEvent() {
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
        return new TestMessage(id, event, data.toString(), exchange.json(), this::failure);
    }

    AssertionError failure(String what) {
        return exchange.failure(what, response.status(), response.headers(), came);
    }

    /** Closes the connection, as a client does that goes away. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw failure("The connection could not be closed: " + e.getMessage());
        }
    }
}
