package dev.bistro.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * A request, as a controller sees it. It is read-only but for its attributes, and stays valid after it was answered.
 *
 * <pre>{@code
 * @Get("/search")
 * String search(Request request) {
 *     return request.queryParam("q").orElse("nothing") + " for " + request.header("User-Agent").orElse("somebody");
 * }
 * }</pre>
 */
public interface Request {
    /** The request's id: short, unique in this process, in each log line about the request and in the body of a 5xx answer. */
    String id();

    /** The method. */
    Method method();

    /**
     * The path as it came, percent-encoded: {@code "/a%20b"}; {@code "*"} for {@code OPTIONS *}. One path may be
     * written in several ways, {@code "/%61"} for {@code "/a"} say, so don't compare its text to guard something: bind
     * a filter to a template, which reads them as routes do.
     */
    String path();

    /** The query string as it came, without its question mark. */
    Optional<String> query();

    /**
     * The first value of a parameter of the query string, decoded: {@code queryParam("q")} of {@code ?q=a+b} is {@code "a b"}.
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

    /** The value of the route's path variable, decoded: {@code pathParam("id")} of {@code /items/42} at {@code /items/{id}} is {@code "42"}. */
    Optional<String> pathParam(String name);

    /**
     * The host and port that the client asked for, as it wrote them: {@code "example.org:8080"} of
     * {@code GET http://example.org:8080/a HTTP/1.1}, else what {@code Host} says; empty if that is missing or empty. It is what the client
     * claims, so don't build links from it that go to others.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.2">RFC 9110, section 7.2</a>
     */
    default Optional<String> authority() {
        return header("Host").filter(host -> !host.isEmpty());
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
     * The body, in full; empty where there is none. The array is the caller's to read, not to change.
     *
     * @throws HttpException if the body is read as a stream and can't be read in full: 413 if it is too large, 408 if it takes too long
     */
    byte[] body();

    /**
     * The body as a stream, for a handler that has an {@code InputStream} parameter: read while it comes, and the client sends no faster
     * than it is read. For others, the bytes of {@link #body()}.
     */
    InputStream bodyStream();

    /** Whether it came over TLS, so that nobody on the way could read it. */
    default boolean isSecure() {
        return false;
    }

    /** Who sent it, as far as the socket knows. */
    InetSocketAddress remoteAddress();

    /**
     * Who sent it, if somebody found out: what {@link #setPrincipal} left. Bistro itself doesn't authenticate anybody; a filter does, before the controller is
     * called.
     */
    default Optional<Principal> principal() {
        return attribute(Principal.class.getName()).map(Principal.class::cast);
    }

    /** Says who sent it, for those who handle this request after the caller. */
    default void setPrincipal(Principal principal) {
        setAttribute(Principal.class.getName(), principal);
    }

    /**
     * What was thrown while this request was answered, if anything was: for filters, to which it comes as the response that it was answered with
     * ({@link Chain#proceed()}).
     */
    default Optional<Throwable> thrown() {
        return attribute(Throwable.class.getName()).map(Throwable.class::cast);
    }

    /** Says what was thrown; called by whoever makes a response of it. */
    default void setThrown(Throwable thrown) {
        setAttribute(Throwable.class.getName(), thrown);
    }

    /** What filters and handlers leave for those after them, by name. */
    Optional<Object> attribute(String name);

    /** Leaves something for those who handle this request after the caller. */
    void setAttribute(String name, Object value);
}
