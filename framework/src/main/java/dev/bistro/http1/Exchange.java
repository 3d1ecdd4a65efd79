package dev.bistro.http1;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.spi.LivePayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.SecureCookies;
import dev.bistro.http.spi.Takeover;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.Target.BodyUse;
import dev.bistro.http.spi.UpgradePayload;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.BlockingIo;
import dev.bistro.net.Connection;
import dev.bistro.net.Output;
import dev.bistro.net.Protocol;
import dev.bistro.net.ProtocolFactory;
import dev.bistro.net.Task;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: calls the target, on this thread or on one of its own, and chooses how the response goes
 * out.
 *
 * <pre>
 *   the target is quick, as far as we know ──▶ inline ───┐            ┌── Bytes ───▶ written at once
 *                                                        │            ├── Pulled ──▶ {@link PulledAnswer}, as the client takes it
 *   it waits, or reads the body as a stream ──▶ its own ─┴─ payload ──┼── Stream ──▶ {@link StreamedAnswer}, on a thread of its own
 *                                               thread                ├── Live ────▶ {@link LiveAnswer}, whenever there is something
 *                                                                     ├── Pending ─▶ {@link PendingAnswer}; when it is there, as any other
 *                                                                     └── Upgrade ─▶ the connection is handed over
 * </pre>
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Exchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Http1Connection http;
    private final Connection connection;
    private final Http1Request request;
    private final Target target;
    private final Body body;
    private final long announcedBytes;
    private final Held held;
    private boolean expectsContinue;
    private Response<Payload> response;
    private Answering answering = Answering.BY_A_THREAD;
    private boolean isCounted;
    private boolean isDetached;

    Exchange(Http1Connection http, Http1Request request, Target target, BodyFraming framing, boolean expectsContinue) {
        this.http = http;
        this.connection = http.connection();
        this.request = request;
        this.target = target;
        this.body = body(framing);
        this.announcedBytes = framing instanceof BodyFraming.Length length ? length.bytes() : Long.MAX_VALUE;
        this.held = body == null ? null : new Held(connection.budget());
        request.setHeld(held);
        this.expectsContinue = expectsContinue && body != null;
    }

    private static Body body(BodyFraming framing) {
        if (framing instanceof BodyFraming.None) {
            return null;
        }
        return framing instanceof BodyFraming.Length length ? new FixedBody(length.bytes()) : new ChunkedBody();
    }

    Http1Request request() {
        return request;
    }

    Target target() {
        return target;
    }

    Connection connection() {
        return connection;
    }

    Http1Settings settings() {
        return http.settings();
    }

    Apart apart() {
        return new Apart(connection, request.id());
    }

    /** The request's body as it comes, or null. */
    Body body() {
        return body;
    }

    /** How long the body is to be, or {@code Long.MAX_VALUE} if that isn't said. */
    long announcedBytes() {
        return announcedBytes;
    }

    /** What the body takes of the server's memory, where there is one. */
    Held held() {
        return held;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /** The client was told to send the body, or sends it without having been told. */
    void continueIsSettled() {
        expectsContinue = false;
    }

    // ---- calling the target

    /** Answers, now or later. */
    void answer(Output output) {
        TargetProfiles profiles = http.profiles().of(target);
        boolean streams = target.traits().bodyUse() == BodyUse.STREAM && body != null;
        if (!streams && connection.mayRunOwned(profiles.answering())) {
            connection.runOwned(this, profiles.answering());
            respond(output);
        } else if (mayGoOn(output)) {
            connection.handOff(new AnswerTask(profiles, streams));
        }
    }

    /** The target's answer, on a thread of its own. */
    private final class AnswerTask implements Task {
        private final TargetProfiles profiles;
        private final boolean streams;

        AnswerTask(TargetProfiles profiles, boolean streams) {
            this.profiles = profiles;
            this.streams = streams;
        }

        @Override
        public boolean waitsForClient() {
            return streams;
        }

        @Override
        public void run(BlockingIo io) {
            isDetached = true;
            BodyStream stream = streams ? openStream(io) : null;
            long start = System.nanoTime();
            Exchange.this.run();
            profiles.answering().ranBlocking(System.nanoTime() - start);
            Thread.interrupted(); // a handler may have interrupted itself; we may have to wait for the client yet
            if (stream != null) {
                expectsContinue = stream.end();
            }
            if (stream != null && stream.isReset()) {
                giveUp();
            } else {
                respondDetached(io, streams);
            }
            isDetached = false;
        }

        @Override
        public void refuse(Output output) {
            refuseForThreads(output);
        }
    }

    private BodyStream openStream(BlockingIo io) {
        var stream = new BodyStream(this, io, expectsContinue);
        request.setBodyStream(stream);
        return stream;
    }

    /** There is nobody to write to. */
    private void giveUp() {
        if (!isUnwanted()) {
            apart().runHere(payload()::discard);
        }
        end();
        http.clientIsGone();
    }

    /** A thread that waits for the client anyway writes what is to be written by one. */
    private void respondDetached(BlockingIo io, boolean waitsForClient) {
        if (waitsForClient && payload() instanceof StreamPayload stream && !isBodiless()) {
            new StreamedAnswer(this, stream, delivery(stream.length())).run(io);
        } else {
            respond(io.output());
        }
    }

    /** Calls the target; for {@link Connection#runOwned}, and so never throws. */
    @Override
    public void run() {
        try {
            response = finished(target.answer(request));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        if (isUnwanted()) {
            apart().runHere(payload()::discard);
        }
        requireFinal();
    }

    private Response<Payload> finished(Response<Payload> made) {
        return request.isSecure() ? SecureCookies.in(made) : made;
    }

    /** Whether the response has a body that nobody will get: it is let go of as soon as that is known. */
    private boolean isUnwanted() {
        Payload payload = payload();
        return !(payload instanceof BytesPayload || payload instanceof PendingPayload) && isBodiless();
    }

    private void requireFinal() {
        if (response.status().code() < 200 && !(payload() instanceof UpgradePayload)) {
            fail(new IllegalStateException("No final status: " + response.status()));
        }
    }

    private void fail(Throwable e) {
        LOG.error("[{}] The application failed", request.id(), e);
        response = http.application().refuse(request, Status.INTERNAL_SERVER_ERROR, "The server failed.");
    }

    // ---- writing the response

    private void respond(Output output) {
        Payload payload = payload();
        if (payload instanceof BytesPayload) {
            writeWhole(output);
        } else if (payload instanceof UpgradePayload upgrade) {
            handOver(upgrade.takeover(), output);
        } else if (isUnwanted()) {
            writeHeadAlone(payload, output);
        } else if (mayGoOn(output)) {
            begin(payload, output);
        } else {
            apart().run(payload::discard);
        }
    }

    private void writeWhole(Output output) {
        boolean stays = staysOpen();
        ResponseWriter.write(response, bytes(response), isHead(), persistence(stays), output);
        over(stays);
    }

    static byte[] bytes(Response<Payload> response) {
        return ((BytesPayload) response.body().orElse(Payload.NONE)).bytes();
    }

    private void writeHeadAlone(Payload payload, Output output) {
        Delivery delivery = delivery(length(payload));
        delivery.writeHead(output);
        over(delivery.stays());
    }

    private static OptionalLong length(Payload payload) {
        if (payload instanceof PulledPayload pulled) {
            return pulled.length();
        }
        return payload instanceof StreamPayload stream ? stream.length() : OptionalLong.empty();
    }

    private void begin(Payload payload, Output output) {
        if (payload instanceof PendingPayload pending) {
            var answer = new PendingAnswer(this, pending);
            answering = answer;
            answer.begin();
        } else if (payload instanceof StreamPayload stream) {
            connection.handOff(new StreamedAnswer(this, stream, delivery(stream.length())));
        } else if (payload instanceof PulledPayload pulled) {
            beginPulled(pulled, output);
        } else {
            var live = (LivePayload) payload;
            var answer = new LiveAnswer(
                    this,
                    live.body(),
                    delivery(OptionalLong.empty()),
                    http.profiles().of(target).producing());
            answering = answer;
            answer.start();
        }
    }

    private void beginPulled(PulledPayload pulled, Output output) {
        var answer = new PulledAnswer(
                this,
                pulled.body(),
                delivery(pulled.length()),
                http.profiles().of(target).producing());
        answering = answer;
        if (isDetached) {
            connection.wake(); // it goes on where others have their turn, and this thread does something else
        } else {
            answer.goOn(output);
        }
    }

    private Delivery delivery(OptionalLong length) {
        Framing framing = framing(length);
        boolean stays = staysOpen() && (framing != Framing.CLOSE || isHead());
        return new Delivery(response, framing, length.orElse(-1), stays, persistence(stays));
    }

    private Framing framing(OptionalLong length) {
        if (response.status().forbidsBody()) {
            return Framing.NONE;
        }
        if (length.isPresent()) {
            return Framing.LENGTH;
        }
        return request.head().isHttp10() ? Framing.CLOSE : Framing.CHUNKED;
    }

    private Payload payload() {
        return response == null ? Payload.NONE : response.body().orElse(Payload.NONE);
    }

    private boolean isHead() {
        return request.method().equals(Method.HEAD);
    }

    private boolean isBodiless() {
        return isHead() || response.status().forbidsBody();
    }

    /** RFC 9112, section 9.3: whether the connection can be used for another request. */
    private boolean staysOpen() {
        boolean bodyLeft = body != null && !body.isComplete();
        boolean clear = !bodyLeft || !expectsContinue && http.canSkipRest();
        return clear && request.head().keepsAlive() && !connection.isStopping() && !asksToClose();
    }

    private boolean asksToClose() {
        int index = response.headers().indexOf("Connection", 0);
        return index >= 0 && response.headers().value(index).equalsIgnoreCase("close");
    }

    private Persistence persistence(boolean stays) {
        if (!stays) {
            return Persistence.CLOSED;
        }
        return request.head().isHttp10() ? Persistence.KEPT_ALIVE : Persistence.OPEN;
    }

    /** RFC 9110, section 7.8; a request whose body isn't read could not be told from what the other protocol says. */
    private void handOver(Takeover takeover, Output output) {
        boolean clear = body == null || body.isComplete();
        try {
            if (!clear || !(takeover instanceof ProtocolFactory protocols)) {
                throw new IllegalStateException("The connection can't be handed over to " + takeover);
            }
            Protocol next = protocols.open(connection);
            ResponseWriter.writeHead(response, Framing.NONE, -1, Persistence.HANDED_OVER, output);
            end();
            http.handOver(next);
        } catch (RuntimeException | Error e) {
            fail(e);
            writeWhole(output);
        }
    }

    // ---- a server that has much to do

    /**
     * Counts the request as one that is under way without the loop, with its body; where there is no room for it, it is
     * answered so. Whether there is.
     */
    private boolean mayGoOn(Output output) {
        if (isCounted) {
            return true;
        }
        if (!http.load().enter()) {
            refuse(Status.SERVICE_UNAVAILABLE, "The server has too many requests under way.", output);
            return false;
        }
        isCounted = true;
        if (held != null && !held.growTo(request.bodyBytes())) {
            http.load().count(Rejection.noRoom());
            refuse(Status.SERVICE_UNAVAILABLE, Rejection.NO_ROOM, output);
            return false;
        }
        return true;
    }

    /** No thread could be had for it in time. */
    void refuseForThreads(Output output) {
        http.load().hadNoThread();
        refuse(Status.SERVICE_UNAVAILABLE, "The server has too much to do.", output);
    }

    /**
     * Answers with an error instead of what there would have been; one that says that the server can't do it now says
     * too when it might.
     */
    void refuse(Status status, String detail, Output output) {
        response = Rejection.retried(http.application().refuse(request, status, detail));
        writeWhole(output);
    }

    /** The application wanted the body as a whole, and learns that it can't have it. */
    void rejectedWithin(Rejection rejection) {
        http.load().count(rejection);
    }

    // ---- for what is under way

    /** The response that was waited for. */
    void arrived(Response<Payload> later, Output output) {
        answering = Answering.BY_A_THREAD;
        response = finished(later);
        if (isUnwanted()) {
            apart().run(payload()::discard);
        }
        requireFinal();
        respond(output);
    }

    /** The response that was waited for won't come. */
    void failedLater(Throwable fault, Output output) {
        answering = Answering.BY_A_THREAD;
        if (fault instanceof HttpException known) {
            response = http.application().refuse(request, known.status(), known.detail());
        } else {
            fail(fault);
        }
        respond(output);
    }

    /** The body can't be made in full: that is an error response, or where it has begun, the end of the connection. */
    void bodyFailed(boolean hasBegun, Throwable fault, Output output) {
        if (hasBegun) {
            LOG.error(
                    "[{}] A body failed half way; the connection is closed so that the client can tell",
                    request.id(),
                    fault);
            over(false);
        } else {
            fail(fault);
            ResponseWriter.write(response, bytes(response), isHead(), Persistence.CLOSED, output);
            over(false);
        }
    }

    /** The response is written, or none can be. */
    void over(boolean stays) {
        end();
        http.answered(stays);
    }

    /** The exchange is over, in whatever way: gives back what it held. A second call does nothing. */
    void end() {
        answering = Answering.BY_A_THREAD;
        if (isCounted) {
            isCounted = false;
            http.load().leave();
        }
        if (held != null) {
            held.release();
        }
    }

    // ---- from the connection, while the exchange is under way

    void onWake(Output output) {
        answering.onWake(output);
    }

    void onDeadline(Output output) {
        answering.onDeadline(output);
    }

    void onStopping(Output output) {
        answering.onStopping(output);
    }

    void onStopDeadline(Output output) {
        answering.onStopDeadline(output);
    }

    void onClosed() {
        answering.onClosed();
    }
}
