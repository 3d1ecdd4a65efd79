package dev.bistro.http1;

import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Target;
import dev.bistro.http.Target.BodyUse;
import dev.bistro.http1.ResponseStream.Framing;
import dev.bistro.http1.ResponseWriter.Persistence;
import dev.bistro.net.BlockingIo;
import dev.bistro.net.Connection;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.net.Output;
import dev.bistro.net.Suspension;
import dev.bistro.net.Task;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer: calls the target, on this thread or on one of its own, and writes the response in the way of its payload.
 *
 * <pre>
 *   the target is quick, as far as we know ──▶ inline ───┐            ┌── Bytes ───▶ written at once
 *                                                        ├─ payload ──┼── Stream ──▶ written from a thread of its own
 *   it waits, or reads the body as a stream ──▶ its own ─┘            └── Pending ─▶ suspended; when it is there, as above
 *                                               thread
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
        if (streams || profile.isBlocking()) {
            connection.handOff(io -> answerDetached(profile, streams, io));
            return;
        }
        if (connection.run(this)) {
            profile.ranInline(connection.loopIndex());
        } else {
            profile.stalled();
        }
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
        if (streams) {
            expectsContinue = bodyStream.end();
        }
        if (isStream()) {
            writeStream(io);
        } else {
            respond(io.output());
        }
    }

    /** Calls the target; for {@link Connection#run}, and so never throws. */
    @Override
    public void run() {
        try {
            response = target.answer(request);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        if (response.status().code() < 200) {
            fail(new IllegalStateException("No final status: " + response.status()));
        }
    }

    private void fail(Throwable e) {
        LOG.error("[{}] The application failed", request.id(), e);
        response = http.application().refuse(Status.INTERNAL_SERVER_ERROR, "The server failed.");
    }

    // ---- writing the response

    private void respond(Output output) {
        if (payload() instanceof Payload.Pending pending) {
            await(pending.response());
        } else if (isStream()) {
            connection.handOff(new StreamTask());
        } else {
            boolean stays = staysOpen();
            ResponseWriter.write(response, bytes(response), isHead(), persistence(stays), output);
            http.answered(stays);
        }
    }

    static byte[] bytes(Response<Payload> response) {
        return ((Payload.Bytes) response.body().orElse(Payload.NONE)).bytes();
    }

    private Payload payload() {
        return response.body().orElse(Payload.NONE);
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
        Framing framing = framing(payload);
        boolean stays = staysOpen() && framing != Framing.CLOSE;
        long length = payload.length().orElse(-1);
        Runnable head = () -> ResponseWriter.writeHead(response, framing, length, persistence(stays), io.output());
        if (isHead() || response.status().forbidsBody()) {
            head.run();
            http.answered(stays);
            discardStream();
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
            discardStream();
        }
    }

    private void discardStream() {
        try {
            discard(response);
        } catch (RuntimeException e) {
            LOG.error("[{}] A body that wasn't wanted could not be let go of", request.id(), e);
        }
    }

    private static void discard(Response<Payload> unwanted) {
        if (unwanted.body().orElse(Payload.NONE) instanceof Payload.Stream stream) {
            stream.writer().discard();
        }
    }

    private Framing framing(Payload.Stream payload) {
        if (response.status().forbidsBody()) {
            return Framing.CLOSE;
        }
        if (payload.length().isPresent()) {
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

    // ---- a response that isn't there yet

    private void await(CompletionStage<Response<Payload>> pending) {
        connection.setDeadline(http.settings().pendingTimeout().toMillis());
        Suspension suspension = connection.suspend();
        pending.whenComplete((later, fault) -> suspension.resume(output -> arrived(later, fault, output)));
    }

    private void arrived(Response<Payload> later, Throwable fault, Output output) {
        connection.clearDeadline();
        if (later != null) {
            response = later;
        } else {
            failedLater(fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
        }
        respond(output);
    }

    private void failedLater(Throwable fault) {
        if (fault instanceof HttpException known) {
            response = http.application().refuse(known.status(), known.detail());
        } else {
            fail(fault);
        }
    }

    /** What the response waits for didn't come in time. */
    void tookTooLong(Output output) {
        cancel();
        LOG.warn("[{}] No response within {}", request.id(), http.settings().pendingTimeout());
        response = http.application().refuse(Status.SERVICE_UNAVAILABLE, "The answer took too long.");
        respond(output);
    }

    /** Nobody waits for the response any more. */
    void cancel() {
        if (payload() instanceof Payload.Pending pending && pending.response() instanceof Future<?> future) {
            future.cancel(true);
            pending.response().thenAccept(Exchange::discard); // it was there just before
        }
    }
}
