package dev.bistro.http1;

import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Connection;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1 on one connection: reads requests, one after the other, and has an {@link Exchange} answer each.
 *
 * <pre>
 *          ┌────────────────────────── answered, no body left ◀─────────────────────┐
 *          ▼                                                                        │
 *   ──▶  HEAD ── head complete, and the target doesn't want the body whole ──▶ [Exchange] ── body left ──▶ REST
 *          │                                                                        ▲                    │ thrown away: HEAD
 *          └──── the target wants the body whole ──▶ BODY ── complete ──────────────┘                    ▼ too long: closed
 *
 *   a Rejection in any stage: an error response, then closed
 * </pre>
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Http1Connection implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /** The body timeout begins anew with each so many bytes, so that a client can't hold us with a byte now and then. */
    static final int BODY_PROGRESS_BYTES = 4 * 1024;

    /** What is read of a body that nobody wants, so that the connection can be used for the next request. */
    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private enum Stage {
        HEAD,
        BODY,
        /** An exchange is under way, on another thread or on none. */
        ANSWER,
        REST,
        CLOSED
    }

    private final Connection connection;
    private final Http1Settings settings;
    private final Application application;
    private final ExecutionProfiles profiles;
    private final Load load;
    private final RequestParser parser;

    private Stage stage;
    private boolean headStarted;
    private long requests;
    // of the present request:
    private boolean toHead;
    private Exchange exchange;
    private WholeBody whole;
    private int progress;
    private int discarded;

    Http1Connection(
            Connection connection,
            Http1Settings settings,
            Application application,
            ExecutionProfiles profiles,
            Load load) {
        this.connection = connection;
        this.settings = settings;
        this.application = application;
        this.profiles = profiles;
        this.load = load;
        this.parser = new RequestParser(settings);
        this.stage = Stage.HEAD;
        connection.setDeadline(
                settings.headTimeout().toMillis()); // one that has sent nothing yet isn't idle: it may be nobody's
    }

    @Override
    public boolean onInput(Connection owner, Input input, Output output) {
        try {
            boolean another = true;
            while (another && !output.isCongested() && !connection.hasLeftLoop()) {
                another = switch (stage) {
                    case HEAD -> readHead(input, output);
                    case BODY -> readBody(input, output);
                    case REST -> discardRest(input);
                    case ANSWER -> leaveInput(input);
                    case CLOSED -> false;
                };
            }
            return another;
        } catch (Rejection rejection) {
            reject(rejection, output);
            return false;
        }
    }

    // ---- the stages: each returns whether the next one can follow at once

    private boolean readHead(Input input, Output output) throws Rejection {
        if (!parser.parse(input.array(), input.position(), input.limit())) {
            if (!headStarted && input.remaining() > 0) {
                headStarted = true;
                connection.setDeadline(settings.headTimeout().toMillis());
            }
            return false;
        }
        RequestHead head = parser.head(input.array(), input.position());
        toHead = head.method().equals(Method.HEAD);
        head.check();
        input.position(input.position() + parser.length());
        parser.reset();
        headStarted = false;
        begin(head);
        if (exchange.body() == null || exchange.target().traits().bodyUse() != BodyUse.WHOLE) {
            return answer(output);
        }
        whole = new WholeBody(exchange.body(), settings.maxBodyBytes(), exchange.announcedBytes(), exchange.held());
        if (exchange.expectsContinue() && input.remaining() == 0) {
            ResponseWriter.writeContinue(output);
        }
        exchange.continueIsSettled();
        waitForBody(Stage.BODY);
        return true;
    }

    private void begin(RequestHead head) throws Rejection {
        var request = new Http1Request(head, connection.id(), ++requests, connection.remoteAddress());
        BodyFraming framing = BodyFraming.of(head);
        boolean expectsContinue = head.expectsContinue();
        Target target = application.find(request);
        exchange = new Exchange(this, request, target, framing, expectsContinue);
    }

    private boolean readBody(Input input, Output output) throws Rejection {
        int before = input.remaining();
        if (!whole.read(input)) {
            progress(before - input.remaining());
            return false;
        }
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
                    exchange.request().id());
            closeWithUnreadInput();
        } else {
            progress(count);
        }
        return false;
    }

    /** The next request may be on its way already. Of that we take what is there, and look no further: it could be any amount. */
    private boolean leaveInput(Input input) {
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
        exchange = null;
        toHead = false;
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
        return stage == Stage.HEAD || stage == Stage.REST;
    }

    /** The exchange has written its response, or decided that none can be written; called by the connection's owner. */
    void answered(boolean staysOpen) {
        Body body = exchange.body();
        boolean bodyLeft = body != null && !body.isComplete();
        if (!staysOpen) {
            if (bodyLeft) {
                closeWithUnreadInput();
            } else {
                close();
            }
        } else if (bodyLeft) {
            discarded = 0;
            waitForBody(Stage.REST);
        } else {
            waitForRequest();
        }
    }

    /** There is nobody to write to, nor anything more to read. */
    void clientIsGone() {
        close();
    }

    /** Whether the rest of the body is short enough to be read for the sake of the next request. */
    boolean canSkipRest() {
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
        load.count(rejection);
        Status status = rejection.status();
        LOG.debug("[c{}-{}] {}: {}", connection.id(), requests, status, rejection.getMessage());
        if (stage != Stage.REST) { // where the response is out already
            var response = Rejection.retried(refusal(status, rejection.getMessage()));
            ResponseWriter.write(response, Exchange.bytes(response), toHead, Persistence.CLOSED, output);
        }
        whole = null;
        if (exchange != null) {
            exchange.end();
        }
        closeWithUnreadInput();
    }

    /** Once the head has been read there is a request to speak of. */
    private Response<Payload> refusal(Status status, String detail) {
        return exchange == null
                ? application.refuse(status, detail)
                : application.refuse(exchange.request(), status, detail);
    }

    /** The connection is another protocol's from here on. */
    void handOver(Protocol next) {
        stage = Stage.CLOSED;
        connection.setReading(true);
        connection.replaceProtocol(next);
    }

    // ---- for the exchange

    Connection connection() {
        return connection;
    }

    Load load() {
        return load;
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
        } else if (stage == Stage.BODY || stage == Stage.HEAD && headStarted) {
            reject(Rejection.late(), output);
        } else {
            close();
        }
    }

    @Override
    public void onWake(Connection owner, Output output) {
        switch (stage) {
            case ANSWER -> exchange.onWake(output);
            case BODY, REST -> waitForBody(stage);
            case HEAD -> waitForHead();
            case CLOSED -> {}
        }
    }

    /** What was written has gone out; while it had not, nothing was read, so the time of the client begins now. */
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
        whole = null;
    }
}
