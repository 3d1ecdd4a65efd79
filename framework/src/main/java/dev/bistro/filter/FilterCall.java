package dev.bistro.filter;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Chain;
import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.result.Validators;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * One request on its way through one filter.
 *
 * <pre>
 *   filter's method ──proceed──▶ next target ─┬▶ response is there ──────▶ whenThere ─▶ method returns ─▶ settled
 *                                             └▶ response comes later ───▶ whenThere ─▶ settled
 *                                                                          (on the thread that brings it)
 * </pre>
 *
 * Belongs to the thread that calls the filter until that returns, then to the one that brings the response.
 */
final class FilterCall implements Chain {
    /** Header fields that describe a body (RFC 9110, section 8), and are wrong beside another body. */
    private static final List<String> DESCRIBING_BODY =
            List.of("Content-Type", "Content-Encoding", "Content-Range", "ETag", "Last-Modified");

    private final BoundFilter filter;
    private final Target next;
    private final ServerRequest request;
    private Response<Payload> given; // by the next target, if it was called
    private boolean hasReturned;

    FilterCall(BoundFilter filter, Target next, ServerRequest request) {
        this.filter = filter;
        this.next = next;
        this.request = request;
    }

    Response<Payload> answer() {
        try {
            return settled(filter.call(request, this));
        } catch (Throwable fault) {
            return failed(fault);
        } finally {
            hasReturned = true;
        }
    }

    /** The answer to what the filter threw; the response of the next target is discarded. */
    private Response<Payload> failed(Throwable fault) {
        discardGiven();
        return filter.errors().map(request, fault);
    }

    // ---- what the filter asks for

    @Override
    public Response<?> proceed() {
        return proceed(response -> response);
    }

    @Override
    public Response<?> proceed(UnaryOperator<Response<?>> whenThere) {
        if (given != null) {
            throw new IllegalStateException(filter.name() + " called proceed() twice: the request went on already");
        }
        if (hasReturned) {
            throw new IllegalStateException(
                    filter.name() + " called proceed() after it had returned: what it returned is the answer");
        }
        given = next.answer(request);
        boolean isPending = payload(given) instanceof PendingPayload;
        return receive(isPending ? filter.inScope(whenThere) : whenThere);
    }

    /** Calls the filter's code with the response that was given, now or when it comes. */
    private Response<?> receive(UnaryOperator<Response<?>> whenThere) {
        return payload(given) instanceof PendingPayload pending
                ? Response.later(pending.then((there, fault) -> arrived(there, fault, whenThere)))
                : whenThere.apply(given);
    }

    private Response<Payload> arrived(Response<Payload> there, Throwable fault, UnaryOperator<Response<?>> whenThere) {
        if (fault instanceof CancellationException cancelled) {
            tellCancelled(cancelled, whenThere);
            throw cancelled;
        }
        try {
            given = fault == null ? there : filter.errors().map(request, ErrorMapper.cause(fault));
            return settled(receive(whenThere));
        } catch (Throwable again) {
            return failed(again);
        }
    }

    /**
     * Tells the filter that the response is cancelled: nobody waits for it, but the filter may have something to close.
     */
    private void tellCancelled(CancellationException cancelled, UnaryOperator<Response<?>> whenThere) {
        request.setThrown(cancelled);
        given = Response.status(Status.SERVICE_UNAVAILABLE).withoutBody();
        try {
            settled(whenThere.apply(given)).body().ifPresent(Payload::discard);
        } catch (Throwable again) {
            failed(again); // logs it
        }
    }

    // ---- what the filter returns

    /** The response as it goes on, with its body written. The given response is discarded, unless it is part of it. */
    private Response<Payload> settled(Response<?> returned) {
        if (returned == null) {
            throw new IllegalStateException(filter.name() + " returned null instead of a response");
        }
        Optional<PendingPayload> pending = returned.pending().map(PendingPayload.class::cast);
        if (pending.isPresent()) {
            return Response.of(Status.OK, Headers.empty(), pending.get().then(this::settledLater));
        }
        given = Validators.applyPreconditions(request, settledNow(returned)); // the filter may have set an ETag
        return given;
    }

    private Response<Payload> settledLater(Response<Payload> there, Throwable fault) {
        if (fault instanceof CancellationException cancelled) {
            throw cancelled;
        }
        try {
            return fault == null ? settled(there) : failed(ErrorMapper.cause(fault));
        } catch (Throwable again) {
            return failed(again);
        }
    }

    @SuppressWarnings("unchecked") // its body is a payload, or there is none
    private Response<Payload> settledNow(Response<?> returned) {
        Object body = returned.body().map(Object.class::cast).orElse(Payload.NONE);
        if (given != null && body == payload(given)) {
            return (Response<Payload>) returned;
        }
        if (body != Payload.NONE && body instanceof Payload payload) {
            if (!mayHoldAnother(payload)) {
                discardGiven();
            }
            return (Response<Payload>) returned;
        }
        Response<?> described = withoutFieldsOfGiven(returned, body);
        discardGiven();
        return body == Payload.NONE
                ? (Response<Payload>) described
                : filter.writer().write(request, described);
    }

    /** Whether a payload may be made of the given one, and so writes or discards that itself: any but bytes may. */
    private static boolean mayHoldAnother(Payload payload) {
        return !(payload instanceof BytesPayload);
    }

    /**
     * Without the header fields of the given response that describe its body, which isn't sent. Text and bytes have no
     * media type of their own, and so keep the {@code Content-Type}.
     */
    private Response<?> withoutFieldsOfGiven(Response<?> returned, Object body) {
        if (given == null) {
            return returned;
        }
        boolean isUntyped = body instanceof String || body instanceof byte[];
        Headers headers = returned.headers();
        for (String name : DESCRIBING_BODY) {
            boolean isOfGiven = headers.contains(name)
                    && headers.all(name).equals(given.headers().all(name));
            if (isOfGiven && !(isUntyped && name.equals("Content-Type"))) {
                headers = headers.without(name);
            }
        }
        return returned.withHeaders(headers);
    }

    private void discardGiven() {
        if (given != null) {
            payload(given).discard();
        }
    }

    private static Payload payload(Response<Payload> response) {
        return response.body().orElse(Payload.NONE);
    }
}
