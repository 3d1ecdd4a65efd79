package dev.bistro.https;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An application whose answers to secure requests have {@code Strict-Transport-Security}: browsers come back over HTTPS
 * only, for so long. Answers to other requests never have it from here (RFC 6797, section 7.2). A field that the
 * application sets itself stays, such as one with {@code includeSubDomains}: what is under other names isn't known
 * here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797#section-6.1">RFC 6797, section 6.1</a>
 */
public final class StrictTransportSecurity implements Application {
    private static final String NAME = "Strict-Transport-Security";

    private final Application application;
    private final String value;
    private final Map<Target, Target> strict = new IdentityHashMap<>(); // made at startup and never changed

    /**
     * Wraps an application.
     *
     * @param maxAge how long browsers remember it, in whole seconds; zero makes them forget it
     */
    public StrictTransportSecurity(Application application, Duration maxAge) {
        this.application = application;
        this.value = "max-age=" + maxAge.toSeconds();
        application.targets().forEach(target -> strict.put(target, new StrictTarget(target)));
    }

    @Override
    public Target find(ServerRequest request) {
        return strict.get(application.find(request));
    }

    @Override
    public List<Target> targets() {
        return List.copyOf(strict.values());
    }

    @Override
    public Response<Payload> refuse(Status status, String detail) {
        return application.refuse(status, detail);
    }

    @Override
    public Response<Payload> refuse(Request request, Status status, String detail) {
        return marked(request, application.refuse(request, status, detail));
    }

    private Response<Payload> marked(Request request, Response<Payload> response) {
        return request.isSecure() ? mark(response) : response;
    }

    private Response<Payload> mark(Response<Payload> response) {
        if (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            return response.withBody(pending.map(this::mark));
        }
        return response.headers().contains(NAME) ? response : response.withHeader(NAME, value);
    }

    private final class StrictTarget implements Target {
        private final Target target;

        StrictTarget(Target target) {
            this.target = target;
        }

        @Override
        public Response<Payload> answer(ServerRequest request) {
            return marked(request, target.answer(request));
        }

        @Override
        public Traits traits() {
            return target.traits();
        }
    }
}
