package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A request of a {@link TestClient}. It can be sent several times. */
public final class TestRequest extends RequestParts<TestRequest> {
    private final ClientSetup client;

    TestRequest(ClientSetup client, Method method, String target) {
        super(method, target);
        this.client = client;
    }

    /**
     * Sends the request and reads the response.
     *
     * @throws AssertionError if what comes isn't an HTTP response, or the response hasn't ended after 30 seconds; over
     *     TLS also if server and client refuse each other, or the server closes without a {@code close_notify}; and by
     *     a client of {@link TestClient#withOpenApi} if the response isn't as the document says
     */
    public TestResponse send() {
        RecordedExchange exchange = exchange();
        var deadline = new CompletableFuture<Void>();
        try (ClientConnection connection = client.connect()) {
            deadline.orTimeout(client.deadline().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> {
                        breakOff(connection);
                        return null;
                    });
            ResponseReader reader = ask(exchange, connection);
            byte[] body = body(exchange, reader, connection, deadline);
            var response = new TestResponse(exchange, reader.status(), reader.headers(), body);
            client.documented().ifPresent(document -> document.check(method(), target(), response));
            return response;
        } catch (IOException e) {
            throw exchange.failure("The request was not answered: " + (deadline.isDone() ? tooLong() : e), e);
        } finally {
            deadline.complete(null);
        }
    }

    /** Sends the request, and reads the head of the response. */
    private ResponseReader ask(RecordedExchange exchange, ClientConnection connection) throws IOException {
        write(exchange, connection.output());
        ResponseReader reader = ResponseReader.read(connection.input(), method());
        client.keepCookies(target(), exchange.requestHeaders(), reader.headers());
        return reader;
    }

    private byte[] body(
            RecordedExchange exchange,
            ResponseReader reader,
            ClientConnection connection,
            CompletableFuture<Void> deadline)
            throws IOException {
        var body = new ByteArrayOutputStream();
        try {
            reader.body().transferTo(body);
            if (connection.tls().isPresent() && reader.closes()) {
                reader.rest().transferTo(OutputStream.nullOutputStream()); // the end of TLS has to be said, too
            }
            if (!deadline.isDone()) {
                return body.toByteArray();
            }
        } catch (SSLException e) {
            if (!deadline.isDone()) {
                throw exchange.failure(
                        "The response has no end: " + e.getMessage(),
                        reader.status(),
                        reader.headers(),
                        body.toByteArray());
            }
        } catch (IOException e) {
            if (!deadline.isDone()) {
                throw e;
            }
        }
        throw exchange.failure(
                "The answer had not ended after " + tooLong()
                        + ". Read one that goes on for ever, such as server-sent events, by stream() instead of send()",
                reader.status(),
                reader.headers(),
                body.toByteArray());
    }

    private String tooLong() {
        return client.deadline().toMillis() + " ms";
    }

    /**
     * Sends the request and returns the response as a stream that is read while it comes: server-sent events, or lines.
     *
     * @throws AssertionError if what comes isn't an HTTP response, or nothing comes for 30 seconds
     */
    public TestStream stream() {
        RecordedExchange exchange = exchange();
        ClientConnection connection = connect(exchange);
        try {
            ResponseReader reader = ask(exchange, connection);
            var stream = new TestStream(exchange, reader, connection);
            client.documented().ifPresent(document -> document.check(method(), target(), stream));
            return stream;
        } catch (IOException e) {
            close(connection);
            throw exchange.failure("The request was not answered: " + e, e);
        } catch (AssertionError e) {
            close(connection);
            throw e;
        }
    }

    /**
     * Sends the request as the opening handshake of a WebSocket, with the header fields for that.
     *
     * @throws AssertionError if the server refuses it, or nothing comes for 30 seconds
     */
    TestWebSocket webSocket() {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        header("Connection", "Upgrade").header("Upgrade", "websocket");
        header("Sec-WebSocket-Version", "13").header("Sec-WebSocket-Key", key);
        RecordedExchange exchange = exchange();
        ClientConnection connection = connect(exchange);
        try {
            ResponseReader reader = ask(exchange, connection);
            boolean agreed = reader.status().code() == 101
                    && reader.headers().first("Sec-WebSocket-Accept").equals(Optional.of(answerTo(key)));
            if (!agreed) {
                byte[] body = reader.body().readAllBytes();
                throw exchange.failure("Expected a WebSocket", reader.status(), reader.headers(), body);
            }
            return new TestWebSocket(exchange, reader, connection);
        } catch (IOException e) {
            close(connection);
            throw exchange.failure("The request was not answered: " + e, e);
        } catch (AssertionError e) {
            close(connection);
            throw e;
        }
    }

    /** RFC 6455, section 4.2.2. */
    static String answerTo(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private ClientConnection connect(RecordedExchange exchange) {
        try {
            return client.connect();
        } catch (SSLException e) {
            throw exchange.failure("The request was not answered: " + e, e);
        }
    }

    private static void breakOff(ClientConnection connection) {
        try {
            connection.breakOff();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ClientConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Json json() {
        return client.json().get();
    }

    private RecordedExchange exchange() {
        byte[] body = body();
        Headers all = client.complete(target(), headers());
        boolean hasBody = body.length > 0 || all.contains("Content-Type");
        if (hasBody && !all.contains("Content-Length") && !all.contains("Transfer-Encoding")) {
            all = all.plus("Content-Length", String.valueOf(body.length));
        }
        return new RecordedExchange(method() + " " + target(), all, body, json());
    }

    private static void write(RecordedExchange exchange, OutputStream output) throws IOException {
        var head = new StringBuilder(exchange.requestLine()).append(" HTTP/1.1\r\n");
        Headers headers = exchange.requestHeaders();
        for (int i = 0; i < headers.size(); i++) {
            head.append(headers.name(i)).append(": ").append(headers.value(i)).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(exchange.requestBody());
        bytes.writeTo(output);
    }
}
