package dev.bistro.http1;

import dev.bistro.http.HttpException;
import dev.bistro.http.LiveBody;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Payload.Takeover;
import dev.bistro.http.Response;
import dev.bistro.http.SecureCookies;
import dev.bistro.http.Status;
import dev.bistro.http.Target;
import dev.bistro.http.Target.BodyUse;
import dev.bistro.http1.ResponseStream.Framing;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.BlockingIo;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import dev.bistro.net.ProtocolFactory;
import dev.bistro.net.Task;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: calls the target, on this thread or on one of its own, and writes the response in the way of its payload.
 *
 * <pre>
 *   the target is quick, as far as we know ──▶ inline ───┐            ┌── Bytes ───▶ written at once
 *                                                        │            ├── Stream ──▶ written from a thread of its own
 *   it waits, or reads the body as a stream ──▶ its own ─┴─ payload ──┼── Live ────▶ written by the loop, whenever there is something
 *                                               thread                ├── Upgrade ─▶ the connection is handed over
 *                                                                     └── Pending ─▶ no thread waits; when it is there, as above
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
    private boolean expectsContinue;
    private BodyStream bodyStream;
    private Response<Payload> response;
    private LiveResponse live;
    private volatile Arrival arrival; // from any thread

    /** What a pending response has become: one of both is null. */
    private record Arrival(Response<Payload> response, Throwable fault) {}

    Exchange(Http1Connection http, Http1Request request, Target target, BodyFraming framing, boolean expectsContinue) {
        this.http = http;
        this.connection = http.connection();
        this.request = request;
        this.target = target;
        this.body = body(framing);
        this.announcedBytes = framing instanceof BodyFraming.Length length ? length.bytes() : Long.MAX_VALUE;
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

    /** The request's body as it comes, or null. */
    Body body() {
        return body;
    }

    /** How long the body is to be, or {@code Long.MAX_VALUE} if that isn't said. */
    long announcedBytes() {
        return announcedBytes;
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
        ExecutionProfile profile = http.profiles().of(target);
        boolean streams = target.bodyUse() == BodyUse.STREAM && body != null;
        if (streams || !connection.mayRunOwned(profile)) {
            connection.handOff(io -> answerDetached(profile, streams, io));
            return;
        }
        connection.runOwned(this, profile);
        respond(output);
    }

    private void answerDetached(ExecutionProfile profile, boolean streams, BlockingIo io) {
        if (streams) {
            bodyStream = new BodyStream(body, io, http.settings(), expectsContinue);
            request.setBodyStream(bodyStream);
        }
        long start = System.nanoTime();
        run();
        profile.ranBlocking(System.nanoTime() - start);
        Thread.interrupted(); // a handler may have interrupted itself; we may have to wait for the client yet
        if (streams) {
            expectsContinue = bodyStream.end();
        }
        if (streams && bodyStream.isReset()) {
            discardUnwanted();
            http.clientIsGone();
        } else if (isStream()) {
            writeStream(io);
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
        if (response.status().code() < 200 && !(payload() instanceof Payload.Upgrade)) {
            fail(new IllegalStateException("No final status: " + response.status()));
        }
    }

    private Response<Payload> finished(Response<Payload> made) {
        return request.isSecure() ? SecureCookies.in(made) : made;
    }

    private void fail(Throwable e) {
        LOG.error("[{}] The application failed", request.id(), e);
        response = http.application().refuse(request, Status.INTERNAL_SERVER_ERROR, "The server failed.");
    }

    // ---- writing the response

    private void respond(Output output) {
        Payload payload = payload();
        if (payload instanceof Payload.Pending pending) {
            await(pending.response());
        } else if (payload instanceof Payload.Stream) {
            connection.handOff(new StreamTask());
        } else if (payload instanceof Payload.Live grows) {
            beginLive(grows.body(), output);
        } else if (payload instanceof Payload.Upgrade upgrade) {
            handOver(upgrade.takeover(), output);
        } else {
            writeWhole(output);
        }
    }

    private void writeWhole(Output output) {
        boolean stays = staysOpen();
        ResponseWriter.write(response, bytes(response), isHead(), persistence(stays), output);
        http.answered(stays);
    }

    static byte[] bytes(Response<Payload> response) {
        return ((Payload.Bytes) response.body().orElse(Payload.NONE)).bytes();
    }

    private Payload payload() {
        return response == null ? Payload.NONE : response.body().orElse(Payload.NONE);
    }

    private boolean isHead() {
        return request.method().equals(Method.HEAD);
    }

    private boolean isStream() {
        return payload() instanceof Payload.Stream;
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

    // ---- a response that is written piece by piece, on a thread of its own

    private void writeStream(BlockingIo io) {
        var payload = (Payload.Stream) payload();
        Framing framing = framing(payload.length());
        boolean stays = staysOpen() && framing != Framing.CLOSE;
        long length = payload.length().orElse(-1);
        Runnable head = () -> ResponseWriter.writeHead(response, framing, length, persistence(stays), io.output());
        if (isBodiless()) {
            head.run();
            http.answered(stays);
            discardUnwanted();
            return;
        }
        var stream = new ResponseStream(io, head, framing, length);
        try {
            payload.writer().writeTo(stream);
            stream.finish();
            http.answered(stays);
        } catch (IOException | RuntimeException | Error e) {
            streamFailed(stream, e, io.output());
        }
    }

    /** Writes the stream, or if the client has gone before, lets go of what it would be made of. */
    private final class StreamTask implements Task {
        @Override
        public void run(BlockingIo io) {
            writeStream(io);
        }

        @Override
        public void abandon() {
            discardUnwanted();
        }
    }

    private void discardUnwanted() {
        try {
            payload().discard();
        } catch (RuntimeException e) {
            LOG.error("[{}] A body that wasn't wanted could not be let go of", request.id(), e);
        }
    }

    private boolean isBodiless() {
        return isHead() || response.status().forbidsBody();
    }

    private Framing framing(OptionalLong length) {
        if (response.status().forbidsBody()) {
            return Framing.CLOSE;
        }
        if (length.isPresent()) {
            return Framing.LENGTH;
        }
        return request.head().isHttp10() ? Framing.CLOSE : Framing.CHUNKED;
    }

    private void streamFailed(ResponseStream stream, Throwable fault, Output output) {
        if (stream.isBroken()) {
            LOG.debug("[{}] The client is gone: {}", request.id(), fault.toString());
        } else if (stream.hasBegun()) {
            LOG.error(
                    "[{}] A body failed half way; the connection is closed so that the client can tell",
                    request.id(),
                    fault);
        } else {
            fail(fault);
            ResponseWriter.write(response, bytes(response), isHead(), Persistence.CLOSED, output);
        }
        http.answered(false);
    }

    // ---- a response that grows as things happen

    private void beginLive(LiveBody body, Output output) {
        Framing framing = framing(OptionalLong.empty());
        boolean stays = staysOpen() && framing != Framing.CLOSE;
        ResponseWriter.writeHead(response, framing, -1, persistence(stays), output);
        if (isBodiless()) {
            discardUnwanted();
            http.answered(stays);
            return;
        }
        live = new LiveResponse(body, framing, connection);
        live.start(output);
        writeLive(output);
    }

    private void writeLive(Output output) {
        if (live.write(output)) {
            endLive(output, staysOpen());
        }
    }

    private void endLive(Output output, boolean stays) {
        LiveResponse ending = live;
        live = null;
        connection.clearDeadline();
        http.answered(ending.end(output) && stays);
    }

    // ---- a connection that goes on in another protocol

    /** RFC 9110, section 7.8; a request whose body isn't read could not be told from what the other protocol says. */
    private void handOver(Takeover takeover, Output output) {
        boolean clear = body == null || body.isComplete();
        if (clear && takeover instanceof ProtocolFactory protocols) {
            ResponseWriter.writeHead(response, Framing.CLOSE, -1, Persistence.HANDED_OVER, output);
            http.handOver(protocols.open(connection));
        } else {
            fail(new IllegalStateException("The connection can't be handed over to " + takeover));
            writeWhole(output);
        }
    }

    // ---- a response that isn't there yet

    private void await(CompletionStage<Response<Payload>> pending) {
        connection.setDeadline(http.settings().pendingTimeout().toMillis());
        pending.whenComplete((later, fault) -> {
            arrival = new Arrival(later, fault);
            connection.wake();
        });
    }

    private void arrived(Output output) {
        Arrival there = arrival;
        arrival = null; // it may be another one that isn't there yet
        connection.clearDeadline();
        if (there.response != null) {
            response = finished(there.response);
        } else {
            failedLater(
                    there.fault instanceof CompletionException && there.fault.getCause() != null
                            ? there.fault.getCause()
                            : there.fault);
        }
        respond(output);
    }

    private void failedLater(Throwable fault) {
        if (fault instanceof HttpException known) {
            response = http.application().refuse(request, known.status(), known.detail());
        } else {
            fail(fault);
        }
    }

    /** What can be there at once is answered when its wake comes; for anything else it is too late. */
    private void waitedLong(Output output) {
        hasten();
        if (arrival == null) {
            tookTooLong(output);
        }
    }

    private void hasten() {
        try {
            ((Payload.Pending) payload()).hasten().run();
        } catch (RuntimeException | Error e) {
            LOG.error("[{}] A response could not be hastened", request.id(), e);
        }
    }

    private void tookTooLong(Output output) {
        cancel();
        LOG.warn("[{}] No response within {}", request.id(), http.settings().pendingTimeout());
        response = http.application().refuse(request, Status.SERVICE_UNAVAILABLE, "The answer took too long.");
        respond(output);
    }

    /** Nobody waits for the response any more. */
    private void cancel() {
        if (payload() instanceof Payload.Pending pending) {
            pending.discard();
        }
    }

    // ---- from the connection, while the exchange is under way

    /** There is something to write, or there may be. */
    void onWake(Output output) {
        if (live != null) {
            writeLive(output);
        } else if (payload() instanceof Payload.Pending && arrival != null) {
            arrived(output);
        }
    }

    void onDeadline(Output output) {
        if (live != null) {
            live.beat(output);
        } else {
            waitedLong(output);
        }
    }

    /** The server is stopping: what could go on for ever ends here. */
    void onStopping(Output output) {
        if (live != null) {
            endLive(output, false);
        } else if (payload() instanceof Payload.Pending) {
            hasten();
        }
    }

    void onClosed() {
        if (live != null) {
            live.close();
            live = null;
        } else {
            cancel();
        }
    }
}
