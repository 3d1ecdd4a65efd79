package dev.bistro.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A request, as a controller sees it. Only its attributes can be changed. It stays valid after it was answered.
 *
 * <pre>{@code
 * @Get("/search")
 * String search(Request request) {
 *     return request.queryParam("q").orElse("nothing") + " for " + request.header("User-Agent").orElse("somebody");
 * }
 * }</pre>
 */
public interface Request {
    /**
     * The request's id, which is part of each log line about the request, of the answer ({@code X-Request-Id}) and of
     * its problem, if it is one. It is what a trusted proxy says in {@code X-Request-Id}; else the trace of
     * {@code traceparent}; else 32 random hexadecimal digits: {@code 4bf92f3577b34da6a3ce929d0e0e4736}.
     */
    String id();

    /** The method. */
    Method method();

    /**
     * The path as the client sent it, percent-encoded: {@code "/a%20b"}; {@code "*"} for {@code OPTIONS *}. One path
     * can be written in several ways ({@code "/%61"} is {@code "/a"}), so don't compare this text to guard something:
     * give a {@code @Filter} a path template, which is matched as routes are.
     */
    String path();

    /** The query string as the client sent it, without the question mark. */
    Optional<String> query();

    /**
     * The first value of a parameter of the query string, decoded: {@code queryParam("q")} of {@code ?q=a+b} is
     * {@code "a b"}.
     *
     * @throws BadRequestException if the query string's percent-encoding isn't valid
     */
    Optional<String> queryParam(String name);

    /**
     * All values of a parameter of the query string, decoded, in their order; empty if there is none.
     *
     * @throws BadRequestException if the query string's percent-encoding isn't valid
     */
    List<String> queryParams(String name);

    /**
     * The value of the route's path variable, decoded: {@code pathParam("id")} of {@code /items/42} at
     * {@code /items/{id}} is {@code "42"}.
     */
    Optional<String> pathParam(String name);

    /**
     * The route that answers the request, with what is declared there: {@code request.route().flatMap(route ->
     * route.annotation(RequiresRole.class))}. It is known before the first filter is called. Empty for a request that
     * no route is for: 404, 405, the answer to OPTIONS that Bistro makes, and the redirect to a path without empty
     * segments. A HEAD request that a GET method answers has the route of that method, and the opening request of a
     * WebSocket that of its class.
     */
    default Optional<MatchedRoute> route() {
        return Optional.empty();
    }

    /**
     * The host and port that the client asked for, as it wrote them: {@code "example.org:8080"} of
     * {@code GET http://example.org:8080/a HTTP/1.1}, else the value of {@code Host}; empty if that is missing or
     * empty. Behind a proxy that is trusted ({@code server.proxy.trusted}) it is what the proxy says that the client
     * asked for, if it says so. A client can send anything here, so don't build links from it that others get.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.2">RFC 9110, section 7.2</a>
     */
    default Optional<String> authority() {
        return header("Host").filter(host -> !host.isEmpty());
    }

    /** The host of the {@link #authority()}, without the port: {@code "example.org"}, {@code "[2001:db8::1]"}. */
    default Optional<String> host() {
        return authority().map(authority -> authority.substring(0, portColon(authority)));
    }

    /** The port of the {@link #authority()}; 443 or 80, by the scheme, if it has none. */
    default int port() {
        String port = authority()
                .map(authority -> authority.substring(portColon(authority)))
                .orElse("");
        int usual = isSecure() ? 443 : 80;
        int number = port.matches(":0*[1-9][0-9]{0,4}") ? Integer.parseInt(port.substring(1)) : usual;
        return number > 65_535 ? usual : number;
    }

    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : authority.length();
    }

    /** {@code "https"} if the request is {@linkplain #isSecure() secure}, else {@code "http"}. */
    default String scheme() {
        return isSecure() ? "https" : "http";
    }

    /**
     * What a proxy that is trusted has taken off the beginning of the path, as it says: {@code "/shop"} if the client's
     * {@code /shop/cart} came here as {@code /cart}; empty if there is nothing. Links in pages begin with it. A
     * {@code Location} that is a path gets it from the server.
     */
    default String pathPrefix() {
        return "";
    }

    /** The header fields. */
    Headers headers();

    /** The value of the first header field of this name. */
    default Optional<String> header(String name) {
        return headers().first(name);
    }

    /** The cookies. */
    Cookies cookies();

    /** The media type of the body; empty if the header is missing or isn't valid. */
    Optional<MediaType> contentType();

    /**
     * The whole body; an empty array if there is none. The array must not be changed.
     *
     * @throws HttpException if the handler reads the body as a stream and it can't be read to its end: 413 if it is too
     *     large, 408 if it takes too long
     */
    byte[] body();

    /**
     * The body as a stream. For a handler with an {@code InputStream} parameter it is read while the client sends it,
     * and the client can't send faster than it is read; for any other handler, it has the bytes of {@link #body()}.
     */
    InputStream bodyStream();

    /** Whether the client sent the request over TLS: to us, or to a proxy that is trusted and says so. */
    default boolean isSecure() {
        return false;
    }

    /**
     * The TLS of the connection that the request came over; empty if that has none, also where a proxy that is trusted
     * says that the client spoke TLS with it. A request may be {@linkplain #isSecure() secure} without.
     */
    default Optional<TlsInfo> tls() {
        return Optional.empty();
    }

    /**
     * The certificate that the client showed, which the server has checked ({@code server.tls.client-ca}): {@code
     * clientCertificate().map(X509Certificate::getSubjectX500Principal)}. Empty if it showed none, and if a proxy that
     * is trusted says for whom it passes the request on: the connection's certificate is the proxy's then, and is in
     * {@link #tls()}.
     */
    default Optional<X509Certificate> clientCertificate() {
        return tls().flatMap(tls -> tls.peerCertificates().stream().findFirst());
    }

    /**
     * The client's address, as far as proxies that are trusted ({@code server.proxy.trusted}) tell it; else the address
     * that the connection comes from. The port is 0 if it isn't known. If a proxy hides the client's address, this is
     * the address of the last hop that is known; {@code 0.0.0.0} if none is, as over a Unix domain socket.
     */
    InetSocketAddress remoteAddress();

    /** The address that the connection comes from: the client's, or the last proxy's. */
    default SocketAddress peerAddress() {
        return remoteAddress();
    }

    /**
     * The user that sent the request: whom a filter has recorded by {@link #setPrincipal}, or else whom an
     * authenticator of the application recognises, or else the subject of the {@linkplain #clientCertificate() client's
     * certificate}, as a {@link javax.security.auth.x500.X500Principal}; empty if there is none. The authenticators are
     * asked by the first call, once for each request, and may have to wait.
     */
    default Optional<Principal> principal() {
        return attribute(Principal.class.getName())
                .map(Principal.class::cast)
                .or(() -> clientCertificate().map(X509Certificate::getSubjectX500Principal));
    }

    /** Records the user that sent the request, for the filters and the handler that come after the caller. */
    default void setPrincipal(Principal principal) {
        setAttribute(Principal.class.getName(), principal);
    }

    /**
     * The exception that was thrown while this request was answered, if there was one. It is for filters, to which the
     * exception comes as the response that was made of it ({@link Chain#proceed()}).
     */
    default Optional<Throwable> thrown() {
        return attribute(Throwable.class.getName()).map(Throwable.class::cast);
    }

    /** Records the exception; called where the response is made of it. */
    default void setThrown(Throwable thrown) {
        setAttribute(Throwable.class.getName(), thrown);
    }

    /** The value that a filter has set under this name, for the filters and the handler after it. */
    Optional<Object> attribute(String name);

    /** Sets a value under a name, for the filters and the handler that come after the caller. */
    void setAttribute(String name, Object value);
}
