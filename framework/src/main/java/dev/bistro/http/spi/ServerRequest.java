package dev.bistro.http.spi;

import dev.bistro.http.Cookies;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What all requests have in common, wherever they come from: a transport, or a test. A transport gives the parts of the head and the
 * body; what is derived from them is made here when it is first asked for. Belongs to one thread at a time.
 */
public abstract class ServerRequest implements Request {
    private PathVariables pathVariables = PathVariables.NONE;
    private BiPredicate<String, String> addressRule; // null if all may be reached
    private QueryParameters queryParameters;
    private Cookies cookies;
    private Map<String, Object> attributes;
    private BodyDecoder decoder;
    private byte[] decoded;

    /** For transports and tests. */
    protected ServerRequest() {}

    /** Says what the variables of the route that was found for this request are. */
    public final void setPathVariables(PathVariables variables) {
        pathVariables = variables;
    }

    /**
     * Says which addresses of files this request may be answered from, by its path and the address as it reads: those
     * behind filters that it hasn't passed are none.
     */
    public final void setAddressRule(BiPredicate<String, String> rule) {
        addressRule = rule;
    }

    /**
     * Whether a text, taken for the path of a file, reads the route's variables in another way than the route did,
     * since a slash was percent-encoded in one of their values: {@code "private/keys"} of {@code /files/private%2Fkeys}
     * at {@code /files/{name}}. Such a file isn't the one that the request's path is the address of.
     */
    public final boolean encodesSlashIn(String text) {
        return pathVariables.encodeSlashIn(text);
    }

    /**
     * Whether this request may be answered with a file that was asked for by a text, and has another path in its
     * folder, since a link leads to it: not if a filter stands before the address of that path which doesn't stand
     * before the request's.
     *
     * @param asked the text; it counts if it is the value of one of the route's variables
     * @param own the file's own path in its folder
     */
    public final boolean mayReach(String asked, String own) {
        return addressRule == null
                || own.equals(asked)
                || pathVariables
                        .withValue(asked, own)
                        .map(address -> addressRule.test(path(), address))
                        .orElse(true);
    }

    /** Says that the body has a content coding, which is to be taken off when it is read. */
    public final void setBodyDecoder(BodyDecoder bodyDecoder) {
        decoder = bodyDecoder;
    }

    /** Whether the connection can go on in another protocol after this request: {@link UpgradePayload}. */
    public boolean isUpgradable() {
        return false;
    }

    /**
     * Whether the client has gone before the end of a body that was read while it came: what fails after that, fails
     * because of it.
     */
    public boolean isBrokenOff() {
        return false;
    }

    /**
     * Says that so many bytes more are held in memory for this request, until it is over; for who reads its body. A
     * transport with room for so many only says so.
     *
     * @throws HttpException 503 if there is no room for them
     */
    public void hold(long bytes) {}

    /** The body as it came. */
    protected abstract byte[] encodedBody();

    /** The body as it comes. */
    protected abstract InputStream encodedBodyStream();

    /**
     * Whether the body is still on its way, so that {@link #encodedBodyStream} can be read once, until the request is
     * answered.
     */
    protected boolean isStreamed() {
        return false;
    }

    @Override
    public final byte[] body() {
        if (decoder == null) {
            return encodedBody();
        }
        if (decoded == null) {
            decoded = decoder.decode(encodedBody());
            hold(decoded.length);
        }
        return decoded;
    }

    @Override
    public final InputStream bodyStream() {
        if (decoder == null) {
            return encodedBodyStream();
        }
        return isStreamed() ? decoder.decode(encodedBodyStream()) : new ByteArrayInputStream(body());
    }

    @Override
    public final Optional<String> pathParam(String name) {
        return pathVariables.get(name);
    }

    @Override
    public final Optional<String> queryParam(String name) {
        return queryParameters().first(name);
    }

    @Override
    public final List<String> queryParams(String name) {
        return queryParameters().all(name);
    }

    private QueryParameters queryParameters() {
        if (queryParameters == null) {
            queryParameters = query().map(QueryParameters::parse).orElse(QueryParameters.NONE);
        }
        return queryParameters;
    }

    @Override
    public final Cookies cookies() {
        if (cookies == null) {
            cookies = new CookieHeader(headers().all("Cookie"));
        }
        return cookies;
    }

    @Override
    public final Optional<MediaType> contentType() {
        try {
            return header("Content-Type").map(MediaType::parse);
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    @Override
    public final Optional<Object> attribute(String name) {
        return attributes == null ? Optional.empty() : Optional.ofNullable(attributes.get(name));
    }

    @Override
    public final void setAttribute(String name, Object value) {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        attributes.put(name, value);
    }
}
