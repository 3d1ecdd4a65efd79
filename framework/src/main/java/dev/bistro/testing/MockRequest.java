package dev.bistro.testing;

import dev.bistro.auth.Login;
import dev.bistro.http.Cookies;
import dev.bistro.http.Headers;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.TlsInfo;
import dev.bistro.http.spi.PathVariables;
import dev.bistro.http.spi.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request that no client sent, for tests that call a controller or a filter as a plain object. It behaves as one that
 * came over a socket: names of headers compare without regard to case, parameters are decoded, cookies are parsed.
 *
 * <pre>{@code
 * Request request = MockRequest.get("/search").query("q", "a b").header("User-Agent", "curl").build();
 * assertEquals("a b for curl", controller.search(request));
 * }</pre>
 *
 * <p>It has a {@linkplain dev.bistro.session.Session session}, which is empty at first:
 * {@code Session.of(request).login("ada")}.
 */
public final class MockRequest implements Request {
    private final ServerRequest served;

    private MockRequest(Builder builder) {
        this.served = new Served(builder);
    }

    /** A GET of a path, which may have a query string: {@code get("/items?limit=5")}. */
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

    /** A request with any method: {@code of(Method.of("PROPFIND"), "/")}. */
    public static Builder of(Method method, String target) {
        return new Builder(method, target);
    }

    /** Collects the parts of the request. Used once. */
    public static final class Builder extends RequestParts<Builder> {
        private final Map<String, String> pathParams = new LinkedHashMap<>();
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private InetSocketAddress remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
        private Optional<SocketAddress> peerAddress = Optional.empty();
        private boolean isSecure;
        private Optional<TlsInfo> tls = Optional.empty();
        private Optional<String> host = Optional.empty();
        private int port;
        private String pathPrefix = "";
        private Optional<MatchedRoute> route = Optional.empty();
        private Optional<Login> login = Optional.empty();

        private Builder(Method method, String target) {
            super(method, target);
        }

        /** Sets the decoded value of a route's variable: {@code pathParam("id", 42)}. */
        public Builder pathParam(String name, Object value) {
            pathParams.put(name, String.valueOf(value));
            return this;
        }

        /**
         * Sets the route that answers it, for a filter that asks for {@link Request#route}: {@code
         * get("/account").route(AccountController.class, "account")}. Of a method with several verbs it is the route
         * for the request's own.
         *
         * @param parameters the types of the method's parameters; needed only if there are several of this name
         * @throws IllegalArgumentException if the controller has no such method for the request's verb, or several
         */
        public Builder route(Class<?> controller, String method, Class<?>... parameters) {
            route = Optional.of(MockRoutes.find(controller, method, parameters, method()));
            return this;
        }

        /**
         * Sets the route of a {@code @WebSocket} class as the one that answers it.
         *
         * @throws IllegalArgumentException if the class has no {@code @WebSocket}
         */
        public Builder route(Class<?> webSocket) {
            route = Optional.of(MockRoutes.ofSocket(webSocket));
            return this;
        }

        /** Sets an attribute, as a filter would: {@code attribute("tenant", "north")}. */
        public Builder attribute(String name, Object value) {
            attributes.put(name, value);
            return this;
        }

        /** Sets the user that sends it, as a filter would: {@code principal(() -> "Ada")}. */
        public Builder principal(Principal principal) {
            return attribute(Principal.class.getName(), principal);
        }

        /**
         * Sets the login that it has: {@code login(new User("ada"), "admin")}.
         *
         * @param roles what {@code login.hasRole(…)} is true for
         */
        public Builder login(Principal principal, String... roles) {
            login = Optional.of(Login.of(principal, roles));
            return this;
        }

        /** Sets the client's address; by default an address of this machine. */
        public Builder remoteAddress(InetSocketAddress address) {
            remoteAddress = address;
            return this;
        }

        /** Sets the address that the connection comes from, as of a proxy; by default the client's. */
        public Builder peerAddress(SocketAddress address) {
            peerAddress = Optional.of(address);
            return this;
        }

        /**
         * Sets the scheme; by default {@code http}. With {@code https}, the request is {@linkplain Request#isSecure()
         * secure}.
         *
         * @throws IllegalArgumentException if it is neither
         */
        public Builder scheme(String scheme) {
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException("Neither http nor https: " + scheme);
            }
            isSecure = scheme.equals("https");
            return this;
        }

        /**
         * Sets the TLS of the connection, and the scheme to {@code https}. A client with a certificate:
         *
         * <pre>{@code
         * tls(new TlsInfo("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(certificate), Optional.empty()))
         * }</pre>
         */
        public Builder tls(TlsInfo info) {
            tls = Optional.of(info);
            return scheme("https");
        }

        /** Sets the host that the client asked for, without a port; by default that of the {@code Host} header. */
        public Builder host(String name) {
            host = Optional.of(name);
            return this;
        }

        /** Sets the port that the client asked for; by default the host's, or else the scheme's. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** Sets what a proxy has taken off the beginning of the path: {@code pathPrefix("/shop")}. */
        public Builder pathPrefix(String prefix) {
            pathPrefix = prefix;
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
            return URLEncoder.encode(value, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/"); // an encoded slash would be part of a file's name
        }

        /** The request. */
        public MockRequest build() {
            return new MockRequest(this);
        }
    }

    // ---- the request, as the framework makes it of what was built

    /** The request as the framework's own rooms need it, for the framework's own tests. */
    ServerRequest served() {
        return served;
    }

    @Override
    public String id() {
        return served.id();
    }

    @Override
    public Method method() {
        return served.method();
    }

    @Override
    public String path() {
        return served.path();
    }

    @Override
    public Optional<String> query() {
        return served.query();
    }

    @Override
    public Optional<String> queryParam(String name) {
        return served.queryParam(name);
    }

    @Override
    public List<String> queryParams(String name) {
        return served.queryParams(name);
    }

    @Override
    public Optional<String> pathParam(String name) {
        return served.pathParam(name);
    }

    @Override
    public Optional<MatchedRoute> route() {
        return served.route();
    }

    @Override
    public Headers headers() {
        return served.headers();
    }

    @Override
    public Cookies cookies() {
        return served.cookies();
    }

    @Override
    public Optional<MediaType> contentType() {
        return served.contentType();
    }

    @Override
    public byte[] body() {
        return served.body();
    }

    @Override
    public InputStream bodyStream() {
        return served.bodyStream();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return served.remoteAddress();
    }

    @Override
    public SocketAddress peerAddress() {
        return served.peerAddress();
    }

    @Override
    public boolean isSecure() {
        return served.isSecure();
    }

    @Override
    public Optional<TlsInfo> tls() {
        return served.tls();
    }

    @Override
    public Optional<String> authority() {
        return served.authority();
    }

    @Override
    public int port() {
        return served.port();
    }

    @Override
    public String pathPrefix() {
        return served.pathPrefix();
    }

    @Override
    public Optional<Principal> principal() {
        return served.principal();
    }

    @Override
    public Optional<Object> attribute(String name) {
        return served.attribute(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        served.setAttribute(name, value);
    }

    @Override
    public String toString() {
        return served.toString();
    }

    /** Gives the parts of the head and the body, of which {@link ServerRequest} makes the rest. */
    private static final class Served extends ServerRequest {
        private static final AtomicLong COUNT = new AtomicLong();

        private final String id = "mock-" + COUNT.incrementAndGet();
        private final Method method;
        private final String target;
        private final Headers headers;
        private final byte[] body;
        private final InetSocketAddress remoteAddress;
        private final SocketAddress peerAddress;
        private final boolean isSecure;
        private final Optional<TlsInfo> tls;
        private final Optional<String> host;
        private final int port;
        private final String pathPrefix;

        Served(Builder builder) {
            this.method = builder.method();
            this.target = builder.target();
            this.headers = builder.headers();
            this.body = builder.body();
            this.remoteAddress = builder.remoteAddress;
            this.peerAddress = builder.peerAddress.orElse(remoteAddress);
            this.isSecure = builder.isSecure;
            this.tls = builder.tls;
            this.host = builder.host;
            this.port = builder.port;
            this.pathPrefix = builder.pathPrefix;
            setRoute(builder.route);
            setPathVariables(builder.pathVariables());
            builder.attributes.forEach(this::setAttribute);
            setAttributeSource(MockSessions::make);
            builder.login.ifPresent(login -> Login.set(this, login));
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
        public SocketAddress peerAddress() {
            return peerAddress;
        }

        @Override
        public boolean isSecure() {
            return isSecure;
        }

        @Override
        public Optional<TlsInfo> tls() {
            return tls;
        }

        @Override
        public Optional<String> authority() {
            return host.map(name -> port > 0 ? name + ":" + port : name).or(super::authority);
        }

        @Override
        public int port() {
            return port > 0 ? port : super.port();
        }

        @Override
        public String pathPrefix() {
            return pathPrefix;
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }
}
