package dev.bistro.coding;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An application with content codings around each of its targets. The map is made at startup and never changed. */
public final class ContentCodings implements Application {
    private final Application application;
    private final Map<Target, Target> coded = new IdentityHashMap<>();
    private final List<Target> targets;

    /**
     * Wraps an application.
     *
     * @param maxBodyBytes how large a request's body may be when it is decoded as a whole; 413 above it
     * @param minResponseBytes the size from which on responses are encoded
     */
    public ContentCodings(Application application, int maxBodyBytes, int minResponseBytes) {
        this.application = application;
        for (Target target : application.targets()) {
            var responses = new ResponseEncoding(minResponseBytes);
            coded.put(target, new CodedTarget(target, maxBodyBytes, responses, application));
        }
        this.targets = List.copyOf(coded.values());
    }

    @Override
    public Target find(ServerRequest request) {
        return coded.get(application.find(request));
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return application.decorators();
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return application.refuse(request, status, detail);
    }
}
