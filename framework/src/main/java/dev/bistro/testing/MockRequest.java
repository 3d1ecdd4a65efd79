package dev.bistro.testing;

import dev.bistro.http.Headers;
import dev.bistro.http.Method;
import dev.bistro.http.spi.PathVariables;
import dev.bistro.http.spi.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request that no client sent, for tests of a controller as the plain object that it is. It behaves as one that came over a socket: names of headers
 * compare without regard to case, parameters are decoded, cookies parsed.
 *
 * <pre>{@code
 * Request request = MockRequest.get("/search").query("q", "a b").header("User-Agent", "curl").build();
 * assertEquals("a b for curl", controller.search(request));
 * }</pre>
 */
public final class MockRequest extends ServerRequest {
    private static final AtomicLong COUNT = new AtomicLong();

    private final String id = "mock-" + COUNT.incrementAndGet();
    private final Method method;
    private final String target;
    private final Headers headers;
    private final byte[] body;
    private final InetSocketAddress remoteAddress;

    private MockRequest(Builder builder) {
        this.method = builder.method();
        this.target = builder.target();
        this.headers = builder.headers();
        this.body = builder.body();
        this.remoteAddress = builder.remoteAddress;
        setPathVariables(builder.pathVariables());
        builder.attributes.forEach(this::setAttribute);
    }

    /** A GET of a path, with its query string if it has one: {@code get("/items?limit=5")}. */
    public static Builder get(String target) {
        return of(Method.GET, target);
    }

    /** A POST to a path. */
    public static Builder post(String target) {
        return of(Method.POST, target);
    }

    /** A PUT to a path. */
    public static Builder put(String target) {
        return of(Method.PUT, target);
    }

    /** A PATCH of a path. */
    public static Builder patch(String target) {
        return of(Method.PATCH, target);
    }

    /** A DELETE of a path. */
    public static Builder delete(String target) {
        return of(Method.DELETE, target);
    }

    /** Any method of a path: {@code of(Method.of("PROPFIND"), "/")}. */
    public static Builder of(Method method, String target) {
        return new Builder(method, target);
    }

    /** Gathers what the request has. Used once. */
    public static final class Builder extends RequestParts<Builder> {
        private final Map<String, String> pathParams = new LinkedHashMap<>();
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private InetSocketAddress remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

        private Builder(Method method, String target) {
            super(method, target);
        }

        /** What a route's variable would be, decoded: {@code pathParam("id", 42)}. */
        public Builder pathParam(String name, Object value) {
            pathParams.put(name, String.valueOf(value));
            return this;
        }

        /** What a filter would have left: {@code attribute("tenant", "north")}. */
        public Builder attribute(String name, Object value) {
            attributes.put(name, value);
            return this;
        }

        /** Who sends it, as a filter would have found out: {@code principal(() -> "Ada")}. */
        public Builder principal(Principal principal) {
            return attribute(Principal.class.getName(), principal);
        }

        /** Who sends it, as far as the socket knows; an address on this machine where nothing is said. */
        public Builder remoteAddress(InetSocketAddress address) {
            remoteAddress = address;
            return this;
        }

        private PathVariables pathVariables() {
            int[] spans = new int[2 * pathParams.size()];
            var values = new StringBuilder();
            int span = 0;
            for (String value : pathParams.values()) {
                spans[span++] = values.length();
                spans[span++] = values.append(percentEncoded(value)).length();
            }
            return new PathVariables(values.toString(), pathParams.keySet().toArray(String[]::new), spans);
        }

        private static String percentEncoded(String value) {
            return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/"); // an encoded one would be a character of a name
        }

        /** The request. */
        public MockRequest build() {
            return new MockRequest(this);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    @Override
    public Optional<String> query() {
        int question = target.indexOf('?');
        return question < 0 ? Optional.empty() : Optional.of(target.substring(question + 1));
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
        return remoteAddress;
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
