package dev.bistro.http1;

import dev.bistro.http.BytesPayload;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.StreamPayload;
import dev.bistro.http.spi.BodyRoom;
import dev.bistro.http.spi.LivePayload;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.PulledPayload;
import dev.bistro.http.spi.RequestObserver.Scope;
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
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: calls the target, on this thread or on one of its own, and chooses how the response is
 * written.
 *
 * <pre>
 *   the target isn't known to wait:              ┌── Bytes ───▶ written at once
 *   on this thread ─────────────────┐            ├── Pulled ──▶ {@link PulledAnswer}, as the client takes it
 *                                   ├─ payload ──┼── Stream ──▶ {@link StreamedAnswer}, on a thread of its own
 *   it waits, or streams the body:  │            ├── Live ────▶ {@link LiveAnswer}, whenever there is something
 *   on a thread of its own ─────────┘            ├── Pending ─▶ {@link PendingAnswer}, then as any other payload
 *                                                └── Upgrade ─▶ the connection is handed over
 * </pre>
 *
 * <p>An exchange whose response was written at once is used again for the next request, since nothing else knows it.
 *
 * <p>Owner of the fields: the connection's owner.
 */
final class Exchange implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** A target that sees to its timeout itself has this time for it. */
    private static final Duration AFTER_OWN_TIMEOUT = Duration.ofSeconds(5);

    private final Http1Connection http;
    private final Connection connection;
    // of the present request:
    private Http1Request request;
    private Target target;
    private RequestBody body;
    private long announcedBytes;
    private RequestMemory memory;
    private boolean expectsContinue;
    private Response<Payload> response;
    private AsyncAnswer asyncAnswer = AsyncAnswer.NONE;
    private boolean isAdmitted;
    private boolean isDetached;
    private boolean isLate;
    private boolean isKnownElsewhere;

    Exchange(Http1Connection http) {
        this.http = http;
        this.connection = http.connection();
    }

    /** Begins with a request; the exchange is new, or {@linkplain #clear cleared}. */
    void begin(Http1Request begun, Target answering, BodyFraming framing, boolean waitsForContinue) {
        request = begun;
        target = answering;
        body = body(framing);
        announcedBytes = framing instanceof BodyFraming.Length length ? length.bytes() : Long.MAX_VALUE;
        memory = body == null ? null : new RequestMemory(connection.budget());
        request.setMemory(memory);
        expectsContinue = waitsForContinue && body != null;
        isLate = false;
    }

    /**
     * Forgets the request, which is over. False if something else may still refer to this exchange: a thread, the
     * watchdog, or what has written the response later. It must not be used again then.
     */
    boolean clear() {
        if (isKnownElsewhere || connection.hasLeftLoop()) {
            return false;
        }
        request = null;
        target = null;
        body = null;
        memory = null;
        response = null;
        return true;
    }

    private static RequestBody body(BodyFraming framing) {
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

    CallbackRunner callbacks() {
        return new CallbackRunner(connection, request);
    }

    /** The request's body, or null if it has none. */
    RequestBody body() {
        return body;
    }

    /** The body's announced length, or {@code Long.MAX_VALUE} if none is announced. */
    long announcedBytes() {
        return announcedBytes;
    }

    /** How long the body may be if it is read as a whole. */
    int maxWholeBytes() {
        return (int) Math.min(
                Integer.MAX_VALUE - 8, // the largest array
                target.traits().maxBodyBytes().orElse(settings().maxBodyBytes()));
    }

    /** How long the body may be if it is read while it comes; {@code Long.MAX_VALUE} for any length. */
    long maxStreamedBytes() {
        return target.traits().maxBodyBytes().orElse(Long.MAX_VALUE);
    }

    /** How long the response may be pending. */
    Duration pendingTimeout() {
        return target.traits()
                .timeout()
                .map(own -> own.plus(AFTER_OWN_TIMEOUT))
                .orElse(settings().pendingTimeout());
    }

    /** The server's memory that the body takes, or null if there is no body. */
    RequestMemory memory() {
        return memory;
    }

    /** The client takes too long for the body: counted once, though it may be waited for once more. */
    void countLateBody() {
        if (!isLate) {
            isLate = true;
            http.limiter().countLateBody();
        }
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Notes that the client needs no 100 (Continue) any more: it was sent one, or sends the body without. */
    void settleContinue() {
        expectsContinue = false;
    }

    // ---- calling the target

    /** Answers with what refuses the request by its head; false if nothing does. */
    boolean refuseByHead(Output output) {
        Optional<Response<Payload>> refusal = target.refusesByHead() ? refusal() : Optional.empty();
        if (refusal.isEmpty()) {
            return false;
        }
        response = refusal.get();
        writeWhole(output);
        return true;
    }

    private Optional<Response<Payload>> refusal() {
        HandlerRun run = http.handlerRun();
        Scope scope = request.enter();
        run.begin(request);
        try {
            return target.refusal(request);
        } catch (RuntimeException | Error e) {
            fail(e);
            return Optional.of(response);
        } finally {
            run.end();
            scope.close();
        }
    }

    /** Calls the target on this thread, unless it is known to wait or no worker is in reserve: then on its own. */
    void answer(Output output) {
        TargetProfiles profiles = http.profiles().of(target);
        boolean streams = target.traits().bodyUse() == BodyUse.STREAM && body != null;
        if (!streams && connection.mayRunOwned(profiles.answering())) {
            OutputRoom room = OutputRoom.lendOf(output);
            request.lendRoom(room);
            connection.runOwned(this, profiles.answering());
            request.withdrawRoom();
            boolean isReusable = room.takeBack(payload());
            respond(output);
            if (isReusable) {
                room.release();
            } else {
                output.attach(null);
            }
        } else if (admit(output)) {
            isKnownElsewhere = true;
            connection.handOff(new AnswerTask(profiles, streams));
        }
    }

    /** Calls the target and writes its response on a thread of its own. */
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
            Thread.interrupted(); // the handler may have interrupted itself, and writing the response may have to wait
            if (stream != null) {
                expectsContinue = stream.end();
            }
            if (stream != null && stream.isReset()) {
                abandonResponse();
            } else {
                respondDetached(io, streams);
            }
            isDetached = false;
        }

        @Override
        public void refuse(Output output) {
            refuseForLackOfThreads(output);
        }
    }

    /**
     * Refuses a body that is read while it comes, if it is announced to be longer than the target allows: before any of
     * it is read, and before a 100 (Continue) is sent.
     */
    void requireStreamable() throws Rejection {
        boolean streams = target.traits().bodyUse() == BodyUse.STREAM && body != null;
        if (streams && announcedBytes != Long.MAX_VALUE && announcedBytes > maxStreamedBytes()) {
            throw BodyCollector.tooLarge(maxStreamedBytes());
        }
    }

    private BodyStream openStream(BlockingIo io) {
        var stream = new BodyStream(this, io, expectsContinue);
        request.setBodyStream(stream);
        return stream;
    }

    /** Writes no response, since the client has gone. */
    private void abandonResponse() {
        if (!isBodyUnwanted()) {
            callbacks().runHere(payload()::discard);
        }
        end();
        http.onClientGone();
    }

    /** Writes a streamed body on this thread if it is one that may wait for clients; anything else as usual. */
    private void respondDetached(BlockingIo io, boolean waitsForClient) {
        if (waitsForClient && payload() instanceof StreamPayload stream && !isBodiless()) {
            new StreamedAnswer(this, stream, delivery(stream.length())).run(io);
        } else {
            respond(io.output());
        }
    }

    /** Calls the target, and never throws, as {@link Connection#runOwned} requires. */
    @Override
    public void run() {
        HandlerRun run = http.handlerRun();
        Scope scope = request.enter();
        run.begin(request);
        try {
            response = target.answer(request);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            run.end();
            scope.close();
        }
        if (isBodyUnwanted()) {
            callbacks().runHere(payload()::discard);
        }
        requireFinal();
    }

    /** Whether the response has a body that isn't sent, for HEAD or by its status; it is discarded at once. */
    private boolean isBodyUnwanted() {
        Payload payload = payload();
        return !isWhole(payload) && !(payload instanceof PendingPayload) && isBodiless();
    }

    private void requireFinal() {
        if (response.status().code() < 200 && !(payload() instanceof UpgradePayload)) {
            fail(new IllegalStateException("No final status: " + response.status()));
        }
    }

    private void fail(Throwable e) {
        LOG.error("[{}] The application failed", request.id(), e);
        response = http.application().refuse(Optional.of(request), Status.INTERNAL_SERVER_ERROR, "The server failed.");
    }

    // ---- writing the response

    private void respond(Output output) {
        Payload payload = payload();
        if (isWhole(payload)) {
            writeWhole(output);
        } else if (payload instanceof UpgradePayload upgrade) {
            handOver(upgrade.takeover(), output);
        } else if (isBodyUnwanted()) {
            writeHeadAlone(payload, output);
        } else {
            CallbackRunner callbacks = callbacks(); // of this request, which is over where it isn't admitted
            if (admit(output)) {
                begin(payload, output);
            } else {
                callbacks.run(payload::discard);
            }
        }
    }

    private void writeWhole(Output output) {
        boolean staysOpen = staysOpen();
        http.writeWhole(response, isHead(), persistence(staysOpen), output);
        complete(staysOpen);
    }

    /** Whether all bytes are there. */
    private static boolean isWhole(Payload payload) {
        return payload instanceof BytesPayload || payload instanceof BodyRoom;
    }

    private void writeHeadAlone(Payload payload, Output output) {
        Delivery delivery = delivery(length(payload));
        delivery.writeHead(output);
        complete(delivery.staysOpen());
    }

    private static OptionalLong length(Payload payload) {
        if (payload instanceof PulledPayload pulled) {
            return pulled.length();
        }
        return payload instanceof StreamPayload stream ? stream.length() : OptionalLong.empty();
    }

    private void begin(Payload payload, Output output) {
        isKnownElsewhere = true;
        if (payload instanceof PendingPayload pending) {
            var answer = new PendingAnswer(this, pending);
            asyncAnswer = answer;
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
            asyncAnswer = answer;
            answer.startBatch();
        }
    }

    private void beginPulled(PulledPayload pulled, Output output) {
        var answer = new PulledAnswer(
                this,
                pulled.body(),
                delivery(pulled.length()),
                http.profiles().of(target).producing());
        asyncAnswer = answer;
        if (isDetached) {
            connection.wake(); // the loop sends the body, and this thread is free
        } else {
            answer.sendNext(output);
        }
    }

    private Delivery delivery(OptionalLong length) {
        ResponseFraming framing = framing(length);
        boolean staysOpen = staysOpen() && (framing != ResponseFraming.CLOSE || isHead());
        Response<Payload> sent = response; // of a body that fails before its head is written, another one is sent
        return new Delivery(
                () -> http.head(sent),
                framing,
                length.orElse(-1),
                staysOpen,
                persistence(staysOpen),
                http.identified());
    }

    private ResponseFraming framing(OptionalLong length) {
        if (response.status().forbidsBody()) {
            return ResponseFraming.NONE;
        }
        if (length.isPresent()) {
            return ResponseFraming.LENGTH;
        }
        return request.head().isHttp10() ? ResponseFraming.CLOSE : ResponseFraming.CHUNKED;
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

    /** Whether the connection can be used for another request (RFC 9112, section 9.3). */
    private boolean staysOpen() {
        boolean bodyLeft = body != null && !body.isComplete();
        boolean clear = !bodyLeft || !expectsContinue && http.canDiscardRest();
        return clear && request.head().fields().keepsAlive() && !connection.isStopping() && !asksToClose();
    }

    private boolean asksToClose() {
        int index = response.headers().indexOf("Connection", 0);
        return index >= 0 && response.headers().value(index).equalsIgnoreCase("close");
    }

    private Persistence persistence(boolean staysOpen) {
        if (!staysOpen) {
            return Persistence.CLOSED;
        }
        return request.head().isHttp10() ? Persistence.KEPT_ALIVE : Persistence.OPEN;
    }

    /**
     * Hands the connection over to another protocol (RFC 9110, section 7.8). The request's body must have been read,
     * since the other protocol would take the rest of it for its own bytes.
     */
    private void handOver(Takeover takeover, Output output) {
        boolean clear = body == null || body.isComplete();
        try {
            if (!clear || !(takeover instanceof ProtocolFactory protocols)) {
                throw new IllegalStateException("The connection can't be handed over to " + takeover);
            }
            Protocol next = protocols.open(connection);
            ResponseWriter.writeHead(
                    http.head(response), ResponseFraming.NONE, -1, Persistence.HANDED_OVER, http.identified(), output);
            http.observation().end(true);
            end();
            http.handOver(next);
        } catch (RuntimeException | Error e) {
            fail(e);
            writeWhole(output);
        }
    }

    // ---- overload

    /**
     * Counts the request, with the memory of its body, as one that is under way outside the loop. Where there is no
     * room for it, answers 503 and returns false.
     */
    private boolean admit(Output output) {
        if (isAdmitted) {
            return true;
        }
        if (!http.limiter().tryEnter()) {
            refuse(Status.SERVICE_UNAVAILABLE, "The server has too many requests under way.", output);
            return false;
        }
        isAdmitted = true;
        if (memory != null && !memory.tryGrowTo(request.bodyBytes())) {
            Rejection noMemory = Rejection.noMemory();
            onBodyRejected(noMemory);
            refuse(noMemory.status(), noMemory.getMessage(), output);
            return false;
        }
        return true;
    }

    /** Answers 503, since no thread became free for the request in time. */
    void refuseForLackOfThreads(Output output) {
        http.limiter().countNoThread();
        refuse(Status.SERVICE_UNAVAILABLE, "The server has too much to do.", output);
    }

    /** Answers with an error; a 503 has a {@code Retry-After}. */
    void refuse(Status status, String detail, Output output) {
        response = Rejection.withRetryAfter(http.application().refuse(Optional.of(request), status, detail));
        writeWhole(output);
    }

    /** The application was refused the body that it wanted to read as a whole. */
    void onBodyRejected(Rejection rejection) {
        http.limiter().count(rejection);
    }

    // ---- for answers that are under way

    /** A pending response has come. */
    void onResponse(Response<Payload> later, Output output) {
        asyncAnswer = AsyncAnswer.NONE;
        response = later;
        if (isBodyUnwanted()) {
            callbacks().run(payload()::discard);
        }
        requireFinal();
        respond(output);
    }

    /** A pending response has failed. */
    void onFailure(Throwable fault, Output output) {
        asyncAnswer = AsyncAnswer.NONE;
        responseTo(fault);
        respond(output);
    }

    private void responseTo(Throwable fault) {
        if (fault instanceof HttpException known) {
            response = http.application().refuse(Optional.of(request), known.status(), known.detail());
        } else {
            fail(fault);
        }
    }

    /** A body has failed: answers with an error, or where the head has been sent already, closes the connection. */
    void bodyFailed(boolean hasBegun, Throwable fault, Output output) {
        if (hasBegun) {
            logCutBody(fault);
            breakOff();
        } else {
            responseTo(fault);
            http.writeWhole(response, isHead(), Persistence.CLOSED, output);
            complete(false);
        }
    }

    private void logCutBody(Throwable fault) {
        String what =
                "[{}] A body failed after its head was sent: the connection is closed, so that the client notices";
        if (request.isTimedOut()) { // which is in the log already
            LOG.debug(what, request.id(), fault);
        } else {
            LOG.error(what, request.id(), fault);
        }
    }

    /** The response is written. */
    void complete(boolean staysOpen) {
        http.observation().end(true);
        end();
        http.answered(staysOpen);
    }

    /** The rest of the response can't be written: the connection is closed. */
    void breakOff() {
        end();
        http.answered(false);
    }

    /** Counts bytes of the response's body that are written piece by piece. */
    void addBody(long count) {
        http.observation().addBody(count);
    }

    /**
     * Gives back what the exchange has taken from the server's limits: it is over, broken off unless it is complete. A
     * second call does nothing.
     */
    void end() {
        http.observation().end(false);
        asyncAnswer = AsyncAnswer.NONE;
        if (isAdmitted) {
            isAdmitted = false;
            http.limiter().leave();
        }
        if (memory != null) {
            memory.release();
        }
    }

    // ---- from the connection, while the exchange is under way

    void onWake(Output output) {
        asyncAnswer.onWake(output);
    }

    void onDeadline(Output output) {
        asyncAnswer.onDeadline(output);
    }

    void onStopping(Output output) {
        asyncAnswer.onStopping(output);
    }

    void onStopDeadline(Output output) {
        asyncAnswer.onStopDeadline(output);
    }

    void onClosed() {
        asyncAnswer.onClosed();
    }
}
