package dev.bistro.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that no transport brought: {@code FakeRequest.get("/items/42?limit=5").header("Accept", "text/html").pathVariable("id", "42").build()}.
 */
public final class FakeRequest extends ServerRequest {
    private final Method method;
    private final String path;
    private final Optional<String> query;
    private final Headers headers;
    private final byte[] body;

    private FakeRequest(Builder builder) {
        int questionMark = builder.target.indexOf('?');
        this.method = builder.method;
        this.path = questionMark < 0 ? builder.target : builder.target.substring(0, questionMark);
        this.query = questionMark < 0 ? Optional.empty() : Optional.of(builder.target.substring(questionMark + 1));
        this.headers = builder.headers;
        this.body = builder.body;
        setPathVariables(builder.pathVariables());
    }

    /** A GET of a path, with its query string if it has one. */
    public static Builder get(String target) {
        return of(Method.GET, target);
    }

    /** A POST to a path. */
    public static Builder post(String target) {
        return of(Method.POST, target);
    }

    /** Any method of a path. */
    public static Builder of(Method method, String target) {
        return new Builder(method, target);
    }

    /** Gathers what the request has. */
    public static final class Builder {
        private final Method method;
        private final String target;
        private final Map<String, String> variables = new LinkedHashMap<>();
        private Headers headers = Headers.empty();
        private byte[] body = new byte[0];

        private Builder(Method method, String target) {
            this.method = method;
            this.target = target;
        }

        public Builder header(String name, String value) {
            headers = headers.plus(name, value);
            return this;
        }

        public Builder body(String contentType, String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return header("Content-Type", contentType);
        }

        /** What the router found for a variable, percent-encoded. */
        public Builder pathVariable(String name, String value) {
            variables.put(name, value);
            return this;
        }

        private PathVariables pathVariables() {
            int[] spans = new int[2 * variables.size()];
            var values = new StringBuilder();
            int span = 0;
            for (String value : variables.values()) {
                spans[span++] = values.length();
                spans[span++] = values.append(value).length();
            }
            return new PathVariables(values.toString(), variables.keySet().toArray(String[]::new), spans);
        }

        public FakeRequest build() {
            return new FakeRequest(this);
        }
    }

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query() {
        return query;
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
        return new ByteArrayInputStream(body);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("localhost", 0);
    }
}
