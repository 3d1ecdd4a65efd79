package dev.bistro.https;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * An application that answers secure requests only. Others are redirected to the same address with {@code https}, by
 * 308, so that clients keep the method and the body (RFC 9110, section 15.4.9). Their bodies aren't read.
 */
public final class HttpsRedirect implements Application {
    private final Application application;
    private final Target redirect;

    /**
     * Wraps an application.
     *
     * @param port the port of HTTPS, as clients reach it; asked for with each redirect, since it may be a free one that
     *     is known only when the server listens
     */
    public HttpsRedirect(Application application, IntSupplier port) {
        this.application = application;
        this.redirect = new RedirectTarget(application, port);
    }

    @Override
    public Target find(ServerRequest request) {
        return request.isSecure() ? application.find(request) : redirect;
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<>(application.targets());
        targets.add(redirect);
        return targets;
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return application.refuse(request, status, detail);
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return application.decorators();
    }

    private record RedirectTarget(Application application, IntSupplier port) implements Target {
        private static final Traits TRAITS =
                new Traits("The redirect to HTTPS", Execution.NON_BLOCKING, BodyUse.IGNORED);

        @Override
        public Response<Payload> answer(ServerRequest request) {
            return HttpsLocation.of(request, port.getAsInt())
                    .map(location -> Response.permanentRedirect(location).<Payload>withoutBody())
                    .orElseGet(() -> application.refuse(
                            Optional.of(request),
                            Status.BAD_REQUEST,
                            "This is only served over https, and the request doesn't name a host to go on with."));
        }

        @Override
        public Traits traits() {
            return TRAITS;
        }
    }
}
