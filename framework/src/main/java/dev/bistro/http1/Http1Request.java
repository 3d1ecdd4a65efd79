package dev.bistro.http1;

import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import dev.bistro.http.TlsInfo;
import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.net.Output;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A request that came over HTTP/1. Its body is there before the target is called, or is read as a stream. */
final class Http1Request extends ServerRequest {
    private static final byte[] NO_BODY = new byte[0];

    private final RequestHead head;
    private final long number;
    private ClientSide client;
    private byte[] body = NO_BODY;
    private BodyStream stream;
    private RequestMemory memory;
    private final RequestPlace place;
    private String id; // null for the label, or one of random bits that nobody has asked for
    private boolean isIdSaid;
    private boolean isIdRandom;
    private long idHigh;
    private long idLow;

    /** The request of this number on its connection. */
    Http1Request(RequestHead head, RequestPlace place, long number, ClientSide client) {
        this.head = head;
        this.place = place;
        this.number = number;
        this.client = client;
    }

    /** Sets what proxies say of the client, in the place of what is known of the connection. */
    void setClient(ClientSide told) {
        client = told;
    }

    void setBody(byte[] bytes) {
        body = bytes;
    }

    void setMemory(RequestMemory used) {
        memory = used;
    }

    /** Sets the id; whether a proxy has said it, so that it isn't that of the trace. */
    void setId(String given, boolean isSaid) {
        id = given;
        isIdSaid = isSaid;
    }

    /** Sets an id of random bits, whose text is made when it is asked for. */
    void setRandomId(long high, long low) {
        isIdRandom = true;
        idHigh = high;
        idLow = low;
    }

    @Override
    public void setTraceId(String traceId) {
        super.setTraceId(traceId);
        if ((id != null || isIdRandom) && !isIdSaid) {
            id = traceId;
        }
    }

    void setBodyStream(BodyStream input) {
        stream = input;
    }

    /** The number of bytes of the body that are in memory. */
    int bodyBytes() {
        return body.length;
    }

    RequestHead head() {
        return head;
    }

    @Override
    public String id() {
        if (id == null && isIdRandom) {
            id = RequestIds.text(idHigh, idLow);
        }
        return id == null ? label() : id;
    }

    /** Writes the id, without making a text of random bits. */
    void writeId(Output output) {
        if (id == null && isIdRandom) {
            output.writeHex(idHigh);
            output.writeHex(idLow);
        } else {
            output.writeLatin1(id());
        }
    }

    /** Its place on its connection, for the transport's log: the second request of connection 7 is {@code c7-2}. */
    String label() {
        return "c" + place.connection().id() + "-" + number;
    }

    @Override
    public Method method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(head.query());
    }

    @Override
    public String target() {
        return head.target();
    }

    @Override
    public String protocol() {
        return head.protocol();
    }

    @Override
    public Optional<String> authority() {
        return Optional.ofNullable(client.authority() == null ? head.authority() : client.authority());
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    /** RFC 9110, section 7.8: an {@code Upgrade} in a request of HTTP/1.0 is ignored. */
    @Override
    public boolean isUpgradable() {
        return !head.isHttp10();
    }

    @Override
    public void hold(long bytes) {
        if (memory != null && !memory.tryGrow(bytes)) {
            throw Rejection.noMemory().asException();
        }
    }

    @Override
    public void execute(Runnable code) {
        place.connection().executeUnowned(() -> {
            RequestObserver.Scope scope = enterHandler();
            try {
                code.run();
            } finally {
                scope.close();
            }
        });
    }

    /** With a note of its own, since another handler may be under way on the connection's thread. */
    @Override
    public RequestObserver.Scope enterHandler() {
        HandlerWatch watch = place.watch();
        if (watch.isOff()) {
            return enter();
        }
        HandlerRun run = watch.open();
        RequestObserver.Scope scope = enter();
        run.begin(this);
        return () -> {
            run.end(); // first, since the watch may be looking at it
            watch.close(run);
            scope.close();
        };
    }

    @Override
    protected RequestObserver.Scope enterScopes() {
        return place.observers().enter(this);
    }

    @Override
    public void breakOff() {
        place.connection().breakOff();
    }

    @Override
    protected byte[] encodedBody() {
        if (stream != null && body == NO_BODY) {
            try {
                body = stream.readWhole();
            } catch (IOException gone) {
                throw new HttpException(Status.BAD_REQUEST, "The body didn't come in full.");
            }
        }
        return body;
    }

    @Override
    protected InputStream encodedBodyStream() {
        return isStreamed() ? stream : new ByteArrayInputStream(body);
    }

    /** No longer, once a filter has read the body as a whole. */
    @Override
    public boolean isStreamed() {
        return stream != null && body == NO_BODY;
    }

    @Override
    public boolean isBrokenOff() {
        return stream != null && stream.isBrokenOff();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return client.address();
    }

    @Override
    public SocketAddress peerAddress() {
        return client.connection().peer();
    }

    @Override
    public Optional<TlsInfo> tls() {
        return client.connection().tls();
    }

    /** None where a proxy passed the request on: the connection's certificate isn't the client's. */
    @Override
    public Optional<X509Certificate> clientCertificate() {
        return client.isForwarded() ? Optional.empty() : super.clientCertificate();
    }

    @Override
    public boolean isSecure() {
        return client.isSecure();
    }

    @Override
    public String scheme() {
        return client.scheme();
    }

    @Override
    public int port() {
        return client.port() > 0 ? client.port() : super.port();
    }

    @Override
    public String pathPrefix() {
        return client.prefix();
    }
}
