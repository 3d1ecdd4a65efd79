package dev.bistro.http1;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Connection;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1 on one connection: reads requests, one after the other, and has an {@link Exchange} answer each.
 *
 * <pre>
 *          ┌───────────── answered, no body left ◀────────────┐
 *          ▼                                                 │
 *   ──▶  HEAD ── head complete, body not wanted whole ──▶ ANSWER by an Exchange ── body left ──▶ DISCARD
 *          │                                                 ▲                                     │ done: HEAD
 *          └──── body wanted whole ──▶ BODY ── complete ─────┘                                     ▼ too long: closed
 *
 *   a Rejection in any stage: an error response (not in DISCARD: one is written), then closed
 * </pre>
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Http1Connection implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /**
     * The body timeout begins anew with each so many bytes, so that a client can't keep a request alive with a byte now
     * and then.
     */
    static final int BODY_PROGRESS_BYTES = 4 * 1024;

    /** The most that is read of a body that nobody wants, so that the connection can be used for the next request. */
    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private enum Stage {
        HEAD,
        BODY,
        /** An exchange is under way, on another thread or on none. */
        ANSWER,
        DISCARD,
        CLOSED
    }

    private final Connection connection;
    private final Http1Settings settings;
    private final Application application;
    private final ForwardedHeaders forwarded;
    private final ResponseHeads heads;
    private final Optional<RequestIds> ids;
    private final ExecutionProfiles profiles;
    private final RequestLimiter limiter;
    private final RequestParser parser;
    private final RequestPlace place;

    private Stage stage;
    private ClientSide direct; // null before the first request
    private Observation observation; // null before the first answer
    private HandlerRun handlerRun; // null before the first request
    private boolean headStarted;
    private long requests;
    // of the present request:
    private boolean headRequest;
    private Http1Request request; // null until its head is read
    private Exchange exchange;
    private Exchange spare; // of a request before, for the next one; null if there is none
    private BodyCollector whole;
    private int progress;
    private int discarded;

    Http1Connection(
            Connection connection,
            Http1Settings settings,
            Application application,
            ForwardedHeaders forwarded,
            ResponseHeads heads,
            Optional<RequestIds> ids,
            RequestObservers observers,
            ExecutionProfiles profiles,
            RequestLimiter limiter,
            HandlerWatch watch) {
        this.connection = connection;
        this.settings = settings;
        this.application = application;
        this.forwarded = forwarded;
        this.heads = heads;
        this.ids = ids;
        this.profiles = profiles;
        this.limiter = limiter;
        this.parser = new RequestParser(settings);
        this.place = new RequestPlace(connection, observers, watch);
        this.stage = Stage.HEAD;
        // a connection without a request isn't idle yet: it may have been opened to keep others out
        connection.setDeadline(settings.headTimeout().toMillis());
    }

    @Override
    public boolean onInput(Connection owner, Input input, Output output) {
        try {
            boolean another = true;
            while (another && !output.isCongested() && !connection.hasLeftLoop()) {
                another = switch (stage) {
                    case HEAD -> readHead(input, output);
                    case BODY -> readBody(input, output);
                    case DISCARD -> discardRest(input);
                    case ANSWER -> pauseReading(input);
                    case CLOSED -> false;
                };
            }
            return another;
        } catch (Rejection rejection) {
            reject(rejection, output);
            return false;
        }
    }

    // ---- the stages: each returns whether the next one can begin at once

    private boolean readHead(Input input, Output output) throws Rejection {
        if (!parser.parse(input.array(), input.position(), input.limit())) {
            if (!headStarted && input.remaining() > 0) {
                headStarted = true;
                connection.setDeadline(settings.headTimeout().toMillis());
            }
            return false;
        }
        RequestHead head = parser.head(input.array(), input.position());
        headRequest = head.method().equals(Method.HEAD);
        head.check();
        input.position(input.position() + parser.length());
        parser.reset();
        headStarted = false;
        begin(head);
        stage = Stage.ANSWER;
        if (exchange.refuseByHead(output)) {
            return stage == Stage.HEAD || stage == Stage.DISCARD;
        }
        if (exchange.body() == null || exchange.target().traits().bodyUse() != BodyUse.WHOLE) {
            exchange.requireStreamable();
            return answer(output);
        }
        whole = new BodyCollector(
                exchange.body(), exchange.maxWholeBytes(), exchange.announcedBytes(), exchange.memory());
        if (exchange.expectsContinue() && input.remaining() == 0) {
            ResponseWriter.writeContinue(output);
        }
        exchange.settleContinue();
        stage = Stage.BODY;
        if (whole.read(input)) {
            return answerWhole(output);
        }
        waitForBody(Stage.BODY);
        return true;
    }

    private void begin(RequestHead head) throws Rejection {
        request = new Http1Request(head, place, ++requests, direct());
        if (handlerRun == null) {
            handlerRun =
                    place.watch().open(); // here, where it may throw if memory ends, as what runs a handler may not
        }
        if (ids.isPresent()) {
            ids.get().identify(request, forwarded, direct());
        }
        observation().begin(request);
        Target target;
        try {
            request.setClient(forwarded.read(head, direct()));
            target = application.find(request); // before the rest is looked at, so that a refusal knows the route
        } finally {
            announce();
        }
        BodyFraming framing = head.fields().framing();
        boolean expectsContinue = head.fields().expectsContinue();
        exchange = spare == null ? new Exchange(this) : spare;
        spare = null;
        exchange.begin(request, target, framing, expectsContinue);
    }

    /** Tells who observes of the request; its id doesn't change any more then. */
    private void announce() {
        observation.found();
        if (ids.isPresent() && LOG.isDebugEnabled()) {
            // the only line that has both, so that the transport's lines can be found by the id
            LOG.debug("[{}] is request {}", request.label(), request.id());
        }
    }

    /** What the connection tells of the client: all of it is known when there is a request. */
    private ClientSide direct() {
        if (direct == null) {
            direct = ClientSide.direct(connection.peerAddress(), connection.remoteAddress(), connection.tlsSession());
        }
        return direct;
    }

    /** What is noted of the present request and its answer. */
    Observation observation() {
        if (observation == null) {
            observation = new Observation(place.observers(), connection);
        }
        return observation;
    }

    /** The handlers that run for the connection's owner, one at a time; there since the first request has begun. */
    HandlerRun handlerRun() {
        return handlerRun;
    }

    private void closeHandlerRun() {
        if (handlerRun != null) {
            place.watch().close(handlerRun);
        }
    }

    private boolean readBody(Input input, Output output) throws Rejection {
        int before = input.remaining();
        if (!whole.read(input)) {
            progress(before - input.remaining());
            return false;
        }
        return answerWhole(output);
    }

    private boolean answerWhole(Output output) {
        exchange.request().setBody(whole.bytes());
        whole = null;
        return answer(output);
    }

    private boolean discardRest(Input input) throws Rejection {
        var nowhere = new byte[Math.max(1, input.remaining())];
        int count = exchange.body().read(input, nowhere, 0, nowhere.length);
        if (exchange.body().isComplete()) {
            waitForRequest();
            return true;
        }
        discarded += count;
        if (discarded > MAX_DISCARDED_BYTES) {
            LOG.debug(
                    "[{}] Closed: too much of a body that nobody reads",
                    exchange.request().label());
            closeWithUnreadInput();
        } else {
            progress(count);
        }
        return false;
    }

    /** Keeps what has been read already and stops reading: a client may pipeline any amount. */
    private boolean pauseReading(Input input) {
        connection.setReading(input.remaining() == 0);
        return false;
    }

    private void progress(int count) {
        progress += count;
        if (progress >= BODY_PROGRESS_BYTES) {
            waitForBody(stage);
        }
    }

    private void waitForBody(Stage next) {
        stage = next;
        connection.setReading(true);
        connection.setBulkReading(true);
        progress = 0;
        connection.setDeadline(settings.bodyTimeout().toMillis());
    }

    private void waitForRequest() {
        spare = exchange.clear() ? exchange : null;
        exchange = null;
        request = null;
        headRequest = false;
        stage = Stage.HEAD;
        connection.setReading(true);
        connection.setBulkReading(false);
        connection.setIdleDeadline(settings.idleTimeout().toMillis());
    }

    // ---- answering

    private boolean answer(Output output) {
        stage = Stage.ANSWER;
        connection.clearDeadline();
        connection.setBulkReading(false);
        exchange.answer(output);
        return stage == Stage.HEAD || stage == Stage.DISCARD;
    }

    /** The exchange has written its response, or can't write one: goes on with the next request, or closes. */
    void answered(boolean staysOpen) {
        RequestBody body = exchange.body();
        boolean bodyLeft = body != null && !body.isComplete();
        if (!staysOpen) {
            if (bodyLeft) {
                closeWithUnreadInput();
            } else {
                close();
            }
        } else if (bodyLeft) {
            discarded = 0;
            waitForBody(Stage.DISCARD);
        } else {
            waitForRequest();
        }
    }

    /** The client has gone before its request was read: no response is written. */
    void onClientGone() {
        close();
    }

    /** Whether the rest of the body is short enough to be read and thrown away. */
    boolean canDiscardRest() {
        return exchange.announcedBytes() == Long.MAX_VALUE || exchange.announcedBytes() <= MAX_DISCARDED_BYTES;
    }

    private void close() {
        stage = Stage.CLOSED;
        connection.end();
    }

    private void closeWithUnreadInput() {
        stage = Stage.CLOSED;
        connection.endWithUnreadInput();
    }

    private void reject(Rejection rejection, Output output) {
        limiter.count(rejection);
        Status status = rejection.status();
        LOG.debug("[c{}-{}] {}: {}", connection.id(), requests, status, rejection.getMessage());
        if (stage != Stage.DISCARD) { // there the response has been written already
            Response<Payload> response = Rejection.withRetryAfter(
                    application.refuse(Optional.ofNullable(request), status, rejection.getMessage()));
            writeWhole(response, headRequest, Persistence.CLOSED, output);
            observation().end(true);
        }
        whole = null;
        if (exchange != null) {
            exchange.end();
        }
        closeWithUnreadInput();
    }

    /** The present request, if its answer says its id; null if ids aren't said, or the request's head isn't read. */
    Http1Request identified() {
        return ids.isPresent() ? request : null;
    }

    /** Writes a response whose body is all there. */
    void writeWhole(Response<Payload> response, boolean headRequest, Persistence persistence, Output output) {
        Payload payload = response.body().orElse(Payload.NONE);
        ResponseHead head = head(response);
        boolean hasBody = !headRequest && !head.status().forbidsBody();
        if (payload instanceof BodyRoom placed) {
            ResponseWriter.write(head, placed, hasBody, persistence, identified(), output);
            observation().addBody(hasBody ? placed.length() : 0);
        } else {
            byte[] body = ((BytesPayload) payload).bytes();
            ResponseWriter.write(head, body, hasBody, persistence, identified(), output);
            observation().addBody(hasBody ? body.length : 0);
        }
    }

    /** The head of the response to the present request; called once, when it is written. */
    ResponseHead head(Response<Payload> response) {
        observation().beginAnswer(response.status());
        HeadMemory memory =
                exchange == null ? null : profiles.of(exchange.target()).heads();
        return heads.head(response, request, connection.peerAddress(), memory);
    }

    /** Hands the connection over to another protocol. */
    void handOver(Protocol next) {
        stage = Stage.CLOSED;
        closeHandlerRun();
        connection.setReading(true);
        connection.replaceProtocol(next);
    }

    // ---- for the exchange

    Connection connection() {
        return connection;
    }

    RequestLimiter limiter() {
        return limiter;
    }

    Http1Settings settings() {
        return settings;
    }

    Application application() {
        return application;
    }

    ExecutionProfiles profiles() {
        return profiles;
    }

    // ---- from the connection

    @Override
    public void onDeadline(Connection owner, Output output) {
        if (stage == Stage.ANSWER) {
            exchange.onDeadline(output);
            return;
        }
        countLate();
        if (stage == Stage.BODY || stage == Stage.HEAD && headStarted) {
            reject(Rejection.timeout(), output);
        } else {
            close();
        }
    }

    /** Idle connections are counted by what closes them. */
    private void countLate() {
        if (stage == Stage.BODY || stage == Stage.DISCARD) {
            exchange.countLateBody();
        } else if (stage == Stage.HEAD && (headStarted || requests == 0)) {
            limiter.countLateHead();
        }
    }

    @Override
    public void onWake(Connection owner, Output output) {
        switch (stage) {
            case ANSWER -> exchange.onWake(output);
            case BODY, DISCARD -> waitForBody(stage);
            case HEAD -> waitForHead();
            case CLOSED -> {}
        }
    }

    /** While output waited for the client nothing was read, so the client's time begins when it has gone out. */
    private void waitForHead() {
        if (headStarted) {
            connection.setDeadline(settings.headTimeout().toMillis());
        } else if (requests > 0) {
            connection.setIdleDeadline(settings.idleTimeout().toMillis());
        }
    }

    @Override
    public void onStopping(Connection owner, Output output) {
        if (stage == Stage.HEAD && !headStarted) {
            close();
        } else if (stage == Stage.ANSWER) {
            exchange.onStopping(output);
        }
    }

    @Override
    public void onStopDeadline(Connection owner, Output output) {
        if (stage == Stage.ANSWER) {
            exchange.onStopDeadline(output);
        } else if (stage == Stage.BODY || stage == Stage.HEAD && headStarted) {
            reject(Rejection.stopping(), output);
        }
    }

    @Override
    public void onClosed(Connection owner) {
        if (stage == Stage.ANSWER) {
            exchange.onClosed();
        }
        if (exchange != null) {
            exchange.end();
        }
        closeHandlerRun();
        whole = null;
    }
}
