package dev.bistro.result;

import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.spi.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A request to a path, with headers and a body. */
public class StubRequest extends ServerRequest {
    private final String path;
    private final Headers headers;
    private final byte[] body;

    public StubRequest(String path, Headers headers, String body) {
        this.path = path;
        this.headers = headers;
        this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    public static StubRequest accepting(String... accept) {
        Headers headers = Headers.empty();
        for (String value : accept) {
            headers = headers.plus("Accept", value);
        }
        return new StubRequest("/items/7", headers, "");
    }

    @Override
    public String id() {
        return "r-42";
    }

    @Override
    public Method method() {
        return Method.GET;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query() {
        return Optional.empty();
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    protected byte[] encodedBody() {
        return body;
    }

    @Override
    protected InputStream encodedBodyStream() {
        return new ByteArrayInputStream(encodedBody());
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("localhost", 1);
    }
}
