package dev.bistro.metrics;

import dev.bistro.http.Accept;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application that also answers with its metrics, at a path that it has no route for itself. */
public final class MountedMetrics implements Application {
    /** Where the metrics are. */
    public static final String PATH = "/metrics";

    private static final Logger LOG = LoggerFactory.getLogger(MountedMetrics.class);

    private final Application application;
    private final Supplier<List<MetricFamily>> families;
    private final Consumer<ServerRequest> guard;
    private final Target target = new MetricsTarget();

    /**
     * Mounts metrics.
     *
     * @param guard throws an {@link HttpException} for requests that may not see them
     */
    public MountedMetrics(
            Application application, Supplier<List<MetricFamily>> families, Consumer<ServerRequest> guard) {
        this.application = application;
        this.families = families;
        this.guard = guard;
    }

    @Override
    public Target find(ServerRequest request) {
        Target found = application.find(request); // asked first, as it tells the request how logins are found
        return isRead(request.method()) && request.path().equals(PATH) ? target : found;
    }

    private static boolean isRead(Method method) {
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<>(application.targets());
        targets.add(target);
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

    private final class MetricsTarget implements Target {
        private static final Traits TRAITS = new Traits("The metrics", Execution.BLOCKING, BodyUse.IGNORED);

        @Override
        public Response<Payload> answer(ServerRequest request) {
            try {
                guard.accept(request);
                return write(request);
            } catch (HttpException refused) {
                return refusal(request, refused);
            } catch (RuntimeException fault) {
                LOG.error("The metrics can't be told [request {}]", request.id(), fault);
                return application.refuse(
                        Optional.of(request), Status.INTERNAL_SERVER_ERROR, "The metrics can't be told");
            }
        }

        /** With the header fields of the refusal, such as the challenge of 401. */
        private Response<Payload> refusal(ServerRequest request, HttpException refused) {
            Response<Payload> response = application.refuse(Optional.of(request), refused.status(), refused.detail());
            Headers further = refused.headers();
            for (int i = 0; i < further.size(); i++) {
                response = response.plusHeader(further.name(i), further.value(i));
            }
            return response;
        }

        private Response<Payload> write(ServerRequest request) {
            MetricsFormat format = format(request);
            byte[] bytes = format.write(families.get()).getBytes(StandardCharsets.UTF_8);
            Headers headers = Headers.of(
                    "Content-Type", format.mediaType().toString(), "Cache-Control", "no-store", "Vary", "Accept");
            return Response.of(Status.OK, headers, new BytesPayload(bytes));
        }

        /** OpenMetrics where the client names it and likes it no less; else the format that all can read. */
        private static MetricsFormat format(ServerRequest request) {
            List<MediaType> offered =
                    List.of(MetricsFormat.PROMETHEUS.mediaType(), MetricsFormat.OPEN_METRICS.mediaType());
            return Accept.of(request)
                    .best(offered)
                    .filter(MetricsFormat.OPEN_METRICS.mediaType()::equals)
                    .map(best -> MetricsFormat.OPEN_METRICS)
                    .orElse(MetricsFormat.PROMETHEUS);
        }

        @Override
        public Traits traits() {
            return TRAITS;
        }
    }
}
