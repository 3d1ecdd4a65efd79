package dev.bistro.testing;

import dev.bistro.ClientConnection;
import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A request that a {@link TestClient} sends. Used once. */
public final class TestRequest extends RequestParts<TestRequest> {
    private final TestClient client;

    TestRequest(TestClient client, Method method, String target) {
        super(method, target);
        this.client = client;
    }

    /**
     * Sends it, and reads the answer.
     *
     * @throws AssertionError if what comes is no HTTP response, or nothing comes for 30 seconds
     */
    public TestResponse send() {
        Exchange exchange = exchange();
        try (ClientConnection connection = client.connect()) {
            write(exchange, connection.output());
            ResponseReader reader = ResponseReader.read(connection.input(), method());
            return new TestResponse(
                    exchange, reader.status(), reader.headers(), reader.body().readAllBytes());
        } catch (IOException e) {
            throw exchange.failure("The request was not answered: " + e, e);
        }
    }

    /**
     * Sends it, and gives what comes bit by bit, while it comes: server-sent events, or lines.
     *
     * @throws AssertionError if what comes is no HTTP response, or nothing comes for 30 seconds
     */
    public TestStream stream() {
        Exchange exchange = exchange();
        ClientConnection connection = client.connect();
        try {
            write(exchange, connection.output());
            ResponseReader reader = ResponseReader.read(connection.input(), method());
            return new TestStream(exchange, reader, connection);
        } catch (IOException e) {
            close(connection);
            throw exchange.failure("The request was not answered: " + e, e);
        }
    }

    private static void close(ClientConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Exchange exchange() {
        byte[] body = body();
        Headers all = client.headers();
        Headers own = headers();
        for (int i = 0; i < own.size(); i++) {
            all = all.without(own.name(i));
        }
        for (int i = 0; i < own.size(); i++) {
            all = all.plus(own.name(i), own.value(i));
        }
        if (!all.contains("Host")) {
            all = all.plus("Host", client.host());
        }
        boolean hasBody = body.length > 0 || all.contains("Content-Type");
        if (hasBody && !all.contains("Content-Length") && !all.contains("Transfer-Encoding")) {
            all = all.plus("Content-Length", String.valueOf(body.length));
        }
        return new Exchange(method() + " " + target(), all, body);
    }

    private static void write(Exchange exchange, OutputStream output) throws IOException {
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
