package dev.bistro.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The smallest request there is: headers and a query string; the rest is fixed. */
final class StubRequest extends ServerRequest {
    private final Headers headers;
    private final String query;

    private StubRequest(Headers headers, String query) {
        this.headers = headers;
        this.query = query;
    }

    static StubRequest withHeaders(String... namesAndValues) {
        return new StubRequest(Headers.of(namesAndValues), null);
    }

    static StubRequest withQuery(String query) {
        return new StubRequest(Headers.empty(), query);
    }

    @Override
    public String id() {
        return "1";
    }

    @Override
    public Method method() {
        return Method.GET;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(query);
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    protected byte[] encodedBody() {
        return new byte[0];
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
