package dev.bistro.http1;

import dev.bistro.http.Application;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Target;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Input;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1 on one connection: requests in, responses out, one after the other.
 *
 * <pre>
 *          ┌──────────────────────── answered, no body left ◀───────────────────┐
 *          ▼                                                                    │
 *   ──▶  HEAD ── head complete, no body, or the target ignores it ──────▶ [answer] ── body left ──▶ REST
 *          │                                                                    ▲                    │ thrown away: HEAD
 *          └──── head complete, the target takes the body ──▶ BODY ── complete ─┘                    ▼ too long: closed
 *
 *   a Rejection in any stage: an error response, then closed
 * </pre>
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Http1Connection implements Protocol, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /** The body timeout begins anew with each so many bytes, so that a client can't hold us with a byte now and then. */
    static final int BODY_PROGRESS_BYTES = 4 * 1024;

    /** What is read of a body that nobody wants, so that the connection can be used for the next request. */
    private static final int MAX_DISCARDED_BYTES = 256 * 1024;

    private enum Stage {
        HEAD,
        BODY,
        REST,
        CLOSED
    }

    private final Connection connection;
    private final Http1Settings settings;
    private final Application application;
    private final ExecutionProfiles profiles;
    private final RequestParser parser;

    private Stage stage = Stage.HEAD;
    private boolean headStarted;
    private long requests;
    // of the present request:
    private Http1Request request;
    private Target target;
    private Response<Payload> response;
    private Body body;
    private BodySink sink;
    private long progress;

    Http1Connection(
            Connection connection, Http1Settings settings, Application application, ExecutionProfiles profiles) {
        this.connection = connection;
        this.settings = settings;
        this.application = application;
        this.profiles = profiles;
        this.parser = new RequestParser(settings);
        waitForRequest();
    }

    @Override
    public boolean onInput(Connection owner, Input input, Output output) {
        try {
            boolean another = true;
            while (another && !output.isCongested()) {
                another = switch (stage) {
                    case HEAD -> readHead(input, output);
                    case BODY -> readBody(input, output);
                    case REST -> discardRest(input);
                    case CLOSED -> false;
                };
            }
            return another;
        } catch (Rejection rejection) {
            reject(rejection.status(), rejection.getMessage(), output);
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
        RequestHead head = parser.head(input.array(), input.position()).check();
        input.position(input.position() + parser.length());
        parser.reset();
        headStarted = false;
        request = new Http1Request(head, connection.id(), ++requests, connection.remoteAddress());
        BodyFraming framing = BodyFraming.of(head);
        boolean expectsContinue = head.expectsContinue();
        target = application.find(request);
        if (framing instanceof BodyFraming.None) {
            return answer(output);
        }
        body = framing instanceof BodyFraming.Length length ? new FixedBody(length.bytes()) : new ChunkedBody();
        return target.bodyUse() == Target.BodyUse.WHOLE
                ? beginBody(framing, expectsContinue, input, output)
                : answerWithoutBody(framing, expectsContinue, output);
    }

    private boolean beginBody(BodyFraming framing, boolean expectsContinue, Input input, Output output)
            throws Rejection {
        long announced = framing instanceof BodyFraming.Length length ? length.bytes() : Long.MAX_VALUE;
        if (framing instanceof BodyFraming.Length && announced > settings.maxBodyBytes()) {
            throw BodySink.Whole.tooLarge(settings.maxBodyBytes());
        }
        if (expectsContinue && input.remaining() == 0) {
            ResponseWriter.writeContinue(output);
        }
        sink = new BodySink.Whole(settings.maxBodyBytes(), announced);
        waitForBody(Stage.BODY);
        return true;
    }

    private boolean readBody(Input input, Output output) throws Rejection {
        if (!readOn(input)) {
            return false;
        }
        request.setBody(((BodySink.Whole) sink).bytes());
        endBody();
        return answer(output);
    }

    private boolean answerWithoutBody(BodyFraming framing, boolean expectsContinue, Output output) {
        boolean tooLong = framing instanceof BodyFraming.Length length && length.bytes() > MAX_DISCARDED_BYTES;
        if (expectsContinue || tooLong) {
            stage = Stage.CLOSED; // the client may send the body now, or not: nobody can say where the next request
            // begins
        } else {
            sink = new BodySink.Discarded(MAX_DISCARDED_BYTES);
            waitForBody(Stage.REST);
        }
        return answer(output);
    }

    private boolean discardRest(Input input) throws Rejection {
        try {
            if (!readOn(input)) {
                return false;
            }
        } catch (Rejection tooLong) {
            LOG.debug("[{}] Closed: {}", request.id(), tooLong.getMessage());
            close();
            return false;
        }
        endBody();
        waitForRequest();
        return true;
    }

    private boolean readOn(Input input) throws Rejection {
        int before = input.position();
        boolean complete = body.read(input, sink);
        progress += input.position() - before;
        if (!complete && progress >= BODY_PROGRESS_BYTES) {
            waitForBody(stage);
        }
        return complete;
    }

    private void waitForBody(Stage next) {
        stage = next;
        progress = 0;
        connection.setDeadline(settings.bodyTimeout().toMillis());
    }

    private void endBody() {
        body = null;
        sink = null;
        stage = Stage.HEAD;
    }

    private void waitForRequest() {
        request = null;
        target = null;
        stage = Stage.HEAD;
        connection.setDeadline(settings.idleTimeout().toMillis());
    }

    // ---- answering

    /** Answers the request on this thread, or on one of its own. */
    private boolean answer(Output output) {
        ExecutionProfile profile = profiles.of(target);
        connection.clearDeadline();
        if (profile.isBlocking()) {
            connection.handOff(own -> answerDetached(profile, own));
            return false;
        }
        if (connection.run(this)) {
            profile.ranInline(connection.loopIndex());
        } else {
            profile.stalled();
        }
        respond(output);
        return stage != Stage.CLOSED;
    }

    private void answerDetached(ExecutionProfile profile, Output output) {
        long start = System.nanoTime();
        run();
        profile.ranBlocking(System.nanoTime() - start);
        respond(output);
    }

    /** Calls the target; only for {@link Connection#run}. */
    @Override
    public void run() {
        try {
            response = target.answer(request);
        } catch (RuntimeException | Error e) {
            LOG.error("[{}] The application failed", request.id(), e);
            response = application.refuse(Status.INTERNAL_SERVER_ERROR, "The server failed.");
        }
    }

    private void respond(Output output) {
        RequestHead head = request.head();
        boolean stays = stage != Stage.CLOSED && head.keepsAlive() && !connection.isStopping() && !asksToClose();
        ResponseWriter.write(response, head.method().equals(Method.HEAD), persistence(head, stays), output);
        response = null;
        if (!stays) {
            close();
        } else if (stage == Stage.HEAD) {
            waitForRequest();
        } else {
            waitForBody(stage);
        }
    }

    private boolean asksToClose() {
        int index = response.headers().indexOf("Connection", 0);
        return index >= 0 && response.headers().value(index).equalsIgnoreCase("close");
    }

    private static Persistence persistence(RequestHead head, boolean stays) {
        if (!stays) {
            return Persistence.CLOSED;
        }
        return head.isHttp10() ? Persistence.KEPT_ALIVE : Persistence.OPEN;
    }

    /** Closes after what was written; a body that is still on its way is let run out. */
    private void close() {
        boolean bodyLeft = body != null;
        stage = Stage.CLOSED;
        if (bodyLeft) {
            connection.endWithUnreadInput();
        } else {
            connection.end();
        }
    }

    private void reject(Status status, String detail, Output output) {
        LOG.debug("[c{}-{}] {} {}", connection.id(), requests, status, detail);
        boolean toHead = request != null && request.method().equals(Method.HEAD);
        ResponseWriter.write(application.refuse(status, detail), toHead, Persistence.CLOSED, output);
        stage = Stage.CLOSED;
        connection.endWithUnreadInput();
    }

    @Override
    public void onDeadline(Connection owner, Output output) {
        if (stage == Stage.BODY || stage == Stage.HEAD && headStarted) {
            reject(Status.REQUEST_TIMEOUT, "The request took too long to come.", output);
        } else {
            close();
        }
    }

    @Override
    public boolean isIdle() {
        return stage == Stage.HEAD && !headStarted;
    }
}
