package dev.bistro.result;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedHeader;
import dev.bistro.http.EntityTag;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Tokens;
import dev.bistro.http.spi.PendingPayload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Writers around another one, which writes the content: they change the value, the status or the headers on the way in,
 * or the response on the way out.
 */
final class WrappingWriters {
    private WrappingWriters() {}

    /**
     * A {@link Response}: its own status and headers win over those of the method.
     *
     * @param noBody writes it if it has no body
     */
    static ValueWriter response(ResultOrigin origin, ValueWriter content, ValueWriter noBody) {
        ResultDescription described = content.described().map(one -> one.withStatus(one.status(), true));
        return content.describedAs(described).wrappedIn((request, status, own, value) -> {
            var response = (Response<?>) origin.requireValue(value);
            Optional<?> body = response.body();
            return Validators.applyPreconditions(
                    request,
                    body.isPresent()
                            ? content.write(request, response.status(), response.headers(), body.get())
                            : noBody.write(request, response.status(), response.headers(), response));
        });
    }

    /** An {@link Optional}: its value, or a 404 if it is empty. */
    static ValueWriter optional(ResultOrigin origin, ValueWriter content) {
        ResultDescription described =
                content.described().with(DescribedError.of(Status.NOT_FOUND, "There is nothing at this address."));
        return content.describedAs(described).wrappedIn((request, status, own, value) -> {
            var optional = (Optional<?>) origin.requireValue(value);
            if (optional.isEmpty()) {
                throw new NotFoundException("There is nothing at this address");
            }
            return content.write(request, status, own, optional.get());
        });
    }

    /** A {@link CompletionStage}: no thread waits for it; its value is written when it completes. */
    static ValueWriter pending(ResultOrigin origin, ValueWriter content) {
        return content.wrappedIn((request, status, own, value) -> {
            var stage = (CompletionStage<?>) origin.requireValue(value);
            return Response.of(status, Headers.empty(), PendingPayload.of(stage, (result, fault) -> {
                if (fault != null) {
                    throw new CompletionException(fault);
                }
                return content.write(request, status, own, result);
            }));
        });
    }

    /** A record whose body is one of its components. */
    static ValueWriter component(ResultOrigin origin, ComponentAccessor component, ValueWriter content) {
        return content.wrappedIn((request, status, own, value) ->
                content.write(request, status, own, component.read(origin.requireValue(value))));
    }

    /**
     * A record with components that are header fields. They are sent with any status; a {@code Response} around the
     * record that has the same fields wins over them.
     */
    static ValueWriter headers(ResultOrigin origin, List<HeaderComponent> components, ValueWriter content) {
        List<DescribedHeader> described =
                components.stream().map(HeaderComponent::describe).toList();
        ResultDescription more = content.described().map(one -> one.withHeaders(described));
        return content.describedAs(more).wrappedIn((request, status, own, value) -> {
            Object record = origin.requireValue(value);
            Headers all = own;
            for (HeaderComponent component : components) {
                all = component.addTo(all, own, record);
            }
            return content.write(request, status, all, record);
        });
    }

    /**
     * A record with a component that is its version, and therefore its entity tag: {@code "7"} as JSON, {@code "7!csv"}
     * as {@code text/csv}, since each representation needs a strong validator of its own (RFC 9110, section 8.8.1).
     */
    static ValueWriter versioned(ResultOrigin origin, ComponentAccessor version, ValueWriter content) {
        Optional<String> format = content.mediaType()
                .filter(type -> !MediaType.JSON.includes(type))
                .map(MediaType::subtype)
                .filter(Tokens::isToken);
        return content.describedAs(content.described().withETag()).wrappedIn((request, status, own, value) -> {
            EntityTag plain = EntityTag.ofVersion(version.read(origin.requireValue(value)));
            EntityTag tag = format.map(plain::as).orElse(plain);
            return Validators.withETag(request, content.write(request, status, own, value), tag);
        });
    }

    /**
     * A value with a status of its own, which wins over the method's.
     *
     * @param inResponse whether a response stands around it, whose status wins if it is another than the default of 200
     */
    static ValueWriter status(Status ownStatus, boolean inResponse, ValueWriter content) {
        ResultDescription described =
                content.described().map(one -> one.withStatus(Optional.of(ownStatus), inResponse));
        return content.describedAs(described).wrappedIn((request, status, own, value) -> {
            boolean isExplicit = inResponse && status != Status.OK;
            return content.write(request, isExplicit ? status : ownStatus, own, value);
        });
    }

    /**
     * A problem: its status is the response's, and it names this request unless it names another one.
     *
     * @param statusIsGiven whether a response around it or the method gives the status
     */
    static ValueWriter problem(boolean statusIsGiven, ValueWriter content) {
        ResultDescription described = content.described().map(one -> one.withStatus(Optional.empty(), !statusIsGiven));
        return content.describedAs(described).wrappedIn((request, status, own, value) -> {
            if (!(value instanceof ProblemDetail problem)) {
                return content.write(request, status, own, value); // a null, which is refused there
            }
            boolean namesNoRequest =
                    problem.instance().isEmpty() && problem.requestId().isEmpty();
            return content.write(
                    request,
                    statusIsGiven ? status : problem.status(),
                    own,
                    namesNoRequest ? problem.withRequest(request) : problem);
        });
    }
}
