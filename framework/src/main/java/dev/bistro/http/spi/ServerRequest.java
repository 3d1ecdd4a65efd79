package dev.bistro.http.spi;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.Cookies;
import dev.bistro.http.HttpException;
import dev.bistro.http.MatchedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What all requests have in common, whether they come from a transport or a test. A subclass gives the parts of the
 * head and the body; everything that is derived from them is made here when it is first asked for. Used by one thread
 * at a time.
 */
public abstract class ServerRequest implements Request {
    private static final ThreadLocal<ServerRequest> CURRENT = new ThreadLocal<>();

    private Optional<MatchedRoute> route = Optional.empty();
    private PathVariables pathVariables = PathVariables.NONE;
    private BiPredicate<String, String> addressRule; // null if all may be reached
    private Function<ServerRequest, Optional<Principal>> logins; // null if nobody can log in
    private volatile KeptLogin keptLogin; // null if the finder of logins hasn't found any out
    private QueryParameters queryParameters;
    private Cookies cookies;
    private Map<String, Object> attributes;
    private AttributeSource attributeSource = AttributeSource.NONE;
    private BodyRoom room; // null if none is lent
    private BodyDecoder decoder;
    private byte[] decoded;
    private volatile boolean isTimedOut;
    private Optional<String> traceId; // null until somebody asks; each that asks finds the same
    private Kept kept; // null if no observer keeps anything

    /**
     * What the finder of logins has found out.
     *
     * @param found as it keeps it
     */
    private record KeptLogin(Object found, Optional<Principal> principal) {}

    /**
     * What an observer keeps of a request.
     *
     * @param next what another one keeps, or null
     */
    private record Kept(RequestObserver observer, Object value, Kept next) {}

    /** For transports and tests. */
    protected ServerRequest() {}

    /** The target as the client sent it: the path and the query, as most do, or a whole address. */
    public String target() {
        return query().map(query -> path() + "?" + query).orElseGet(this::path);
    }

    /** The version of HTTP as the client sent it: {@code HTTP/1.1}. */
    public String protocol() {
        return "HTTP/1.1";
    }

    /** Sets the route that was found for this request. */
    public final void setRoute(Optional<MatchedRoute> found) {
        route = found;
    }

    @Override
    public final Optional<MatchedRoute> route() {
        return route;
    }

    /**
     * Sets what finds out who sent this request. It is asked when {@link #principal} is, and keeps what it found by
     * {@link #keepLogin}.
     */
    public final void setLogins(Function<ServerRequest, Optional<Principal>> finder) {
        logins = finder;
    }

    /** What the finder of logins has kept; empty if it wasn't asked yet, or the login has changed since. */
    public final Optional<Object> keptLogin() {
        return Optional.ofNullable(keptLogin).map(KeptLogin::found);
    }

    /**
     * Keeps what the finder of logins has found out, so that it asks nobody twice.
     *
     * @param principal who has logged in; empty if nobody has
     */
    public final void keepLogin(Object found, Optional<Principal> principal) {
        keptLogin = new KeptLogin(found, principal);
    }

    /** Has the finder of logins look once more: the session has another user now. For any thread. */
    public final void forgetLogin() {
        keptLogin = null;
    }

    /** The {@link #principal}, as far as it is known without asking anybody: for logs. */
    public final Optional<Principal> knownPrincipal() {
        return heldAttribute(Principal.class.getName())
                .map(Principal.class::cast)
                .or(() -> Optional.ofNullable(keptLogin).flatMap(KeptLogin::principal))
                .or(this::certificateSubject);
    }

    private Optional<Principal> certificateSubject() {
        return clientCertificate().map(X509Certificate::getSubjectX500Principal);
    }

    @Override
    public final Optional<Principal> principal() {
        Optional<Principal> recorded = attribute(Principal.class.getName()).map(Principal.class::cast);
        return recorded.or(() -> logins == null ? Optional.empty() : logins.apply(this))
                .or(this::certificateSubject);
    }

    /** Sets the variables of the route that was found for this request. */
    public final void setPathVariables(PathVariables variables) {
        pathVariables = variables;
    }

    /**
     * Sets the rule for the addresses of files that this request may be answered with. The rule tests the request's
     * path and an address; it rejects addresses behind filters that the request hasn't passed.
     */
    public final void setAddressRule(BiPredicate<String, String> rule) {
        addressRule = rule;
    }

    /**
     * Whether a text, taken for the path of a file, reads the route's variables differently from the route, since a
     * slash was percent-encoded in one of the values: {@code "private/keys"} for {@code /files/private%2Fkeys} at
     * {@code /files/{name}}. The request's path isn't the address of such a file.
     */
    public final boolean encodesSlashIn(String text) {
        return pathVariables.encodeSlashIn(text);
    }

    /**
     * Whether this request may be answered with a file that was asked for by one path in its folder, but has another,
     * since a link leads to it. It may not if the file's own address is behind a filter that the request's path isn't
     * behind.
     *
     * @param asked the path that was asked for; it matters only if it is the value of one of the route's variables
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

    /** Sets the decoder for a body with a content coding. */
    public final void setBodyDecoder(BodyDecoder bodyDecoder) {
        decoder = bodyDecoder;
    }

    /** Whether the connection can go on in another protocol after this request: {@link UpgradePayload}. */
    public boolean isUpgradable() {
        return false;
    }

    /**
     * Whether the client has gone before the end of a body that was read while it came. What fails afterwards fails
     * because of that.
     */
    public boolean isBrokenOff() {
        return false;
    }

    /** Notes that its time was over before its code had answered: what that throws from now on follows from it. */
    public final void setTimedOut() {
        isTimedOut = true;
    }

    /** Whether its time was over, as the log has said, before its code had answered. For any thread. */
    public final boolean isTimedOut() {
        return isTimedOut;
    }

    /**
     * Reports that so many more bytes are held in memory for this request, until it is over; called by what reads the
     * body. A transport overrides it if it limits these bytes.
     *
     * @throws HttpException 503 if there is no room for them
     */
    public void hold(long bytes) {}

    /**
     * Runs code apart from the request: on a thread of its own, which may wait, and to which the connection doesn't
     * belong.
     *
     * @throws java.util.concurrent.RejectedExecutionException if no thread can be had, or the server has stopped
     */
    public void execute(Runnable code) {
        var thread = new Thread(code, "bistro-request-" + id());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Makes this thread one that runs code of the application for this request, as those who observe it want: with its
     * id in each line of the log. A transport does so around all that it calls; who calls such code on another thread
     * does it too.
     *
     * @return to be closed on the same thread when that code has ended
     */
    public final RequestObserver.Scope enter() {
        RequestObserver.Scope scope = enterScopes();
        if (scope == RequestObserver.Scope.NONE) {
            return scope;
        }
        ServerRequest outer = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            CURRENT.set(outer);
            scope.close();
        };
    }

    /**
     * Does as {@link #enter}, for the code that answers the request: a run that doesn't end is reported, where the
     * transport sees to that. Code whose nature it is to go on, such as what writes a stream, is only entered.
     */
    public RequestObserver.Scope enterHandler() {
        return enter();
    }

    /** Enters what those want who observe the request. */
    protected RequestObserver.Scope enterScopes() {
        return RequestObserver.Scope.NONE;
    }

    /** The request that this thread has {@linkplain #enter entered} last; empty if that is over, or entered nothing. */
    public static Optional<ServerRequest> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * The trace that the request belongs to, 32 lower-case hexadecimal digits: as those say who trace requests, else as
     * {@code traceparent} does. Empty if nobody says so.
     */
    public final Optional<String> traceId() {
        Optional<String> known = traceId;
        if (known == null) {
            known = TraceParent.of(headers()).map(TraceParent::traceId);
            traceId = known;
        }
        return known;
    }

    /**
     * Sets the trace that the request belongs to. It is the request's id too, unless that comes from a proxy. For
     * {@link RequestObserver#onRequest} alone.
     */
    public void setTraceId(String id) {
        traceId = Optional.of(id);
    }

    /** Keeps something for an observer until the request is answered. For {@link RequestObserver#onRequest} alone. */
    public final void keep(RequestObserver observer, Object value) {
        kept = new Kept(observer, value, kept);
    }

    /** What an observer keeps of the request; empty if it keeps nothing. For any thread. */
    public final Optional<Object> kept(RequestObserver observer) {
        for (Kept one = kept; one != null; one = one.next()) {
            if (one.observer() == observer) {
                return Optional.of(one.value());
            }
        }
        return Optional.empty();
    }

    /** Lends room for the body of the response, to this thread. */
    public final void lendRoom(BodyRoom lent) {
        room = lent;
    }

    /** Has bodies be bytes, for whoever looks at them; also for a transport, which lends no room any more. */
    public final void withdrawRoom() {
        room = null;
    }

    /** The body of a response, written where it is sent from if this thread was lent room for that. */
    public final Payload payload(RoomWriter writer, Object value) {
        BodyRoom lent = room;
        return lent != null && lent.take() ? writer.write(value, lent) : new BytesPayload(writer.write(value));
    }

    /** Breaks the connection off, so that the client notices that no answer, or no more of it, comes. */
    public void breakOff() {}

    /** The body as the client sent it, before it is decoded. */
    protected abstract byte[] encodedBody();

    /** The body while the client sends it, before it is decoded. */
    protected abstract InputStream encodedBodyStream();

    /**
     * Whether the body is still on its way, so that {@link #encodedBodyStream} can be read once, until the request is
     * answered.
     */
    public boolean isStreamed() {
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

    /** Sets what makes the attributes that nobody has set. */
    public final void setAttributeSource(AttributeSource source) {
        attributeSource = source;
    }

    @Override
    public final Optional<Object> attribute(String name) {
        Optional<Object> held = heldAttribute(name);
        if (held.isPresent()) {
            return held;
        }
        Optional<Object> made = attributeSource.make(name, this);
        made.ifPresent(value -> setAttribute(name, value));
        return made;
    }

    /** The value of an attribute that was set or made already. */
    public final Optional<Object> heldAttribute(String name) {
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
