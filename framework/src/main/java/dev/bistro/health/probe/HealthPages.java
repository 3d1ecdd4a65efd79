package dev.bistro.health.probe;

import dev.bistro.body.BodyWriter;
import dev.bistro.http.BytesPayload;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Answers whether the server is alive and ready: 200 with {@code {"status":"UP"}}, or 503 with
 * {@code {"status":"DOWN"}}.
 *
 * @param json writes maps, lists and texts
 * @param showsDetails whether a request may see what each check has found
 */
public record HealthPages(
        HealthChecks checks, Readiness readiness, BodyWriter json, Predicate<ServerRequest> showsDetails) {
    /** Where the server says that it is alive. */
    public static final String LIVE = "/health/live";

    /** Where it says whether it is ready. */
    public static final String READY = "/health/ready";

    private static final Headers HEADERS =
            Headers.of("Content-Type", MediaType.JSON.toString(), "Cache-Control", "no-store");

    /**
     * Answers that the server is alive, as it does answer; unless it has failed, which a listener of its own may still
     * tell. No check runs: if one is down, another process in the place of this one wouldn't help.
     */
    public Response<Payload> live(ServerRequest request) {
        return answer(readiness.hasFailed() ? refused() : new HealthReport(List.of()), false);
    }

    /**
     * Answers whether the server is ready: at once if that is known, and else when all checks have ended. No thread
     * waits for them.
     */
    public Response<Payload> ready(ServerRequest request) {
        boolean withDetails = showsDetails.test(request);
        CompletableFuture<HealthReport> report =
                readiness.refusal().isPresent() ? CompletableFuture.completedFuture(refused()) : checks.report();
        if (report.isDone()) {
            return answer(now(report.join()), withDetails);
        }
        // a stage of its own, which is cancelled alone when its client goes, and completed alone when the server stops
        CompletableFuture<Response<Payload>> answer = report.thenApply(made -> answer(now(made), withDetails));
        var pending = new PendingPayload(answer, () -> answer.complete(answer(refused(), withDetails)));
        return Response.of(Status.OK, Headers.empty(), pending);
    }

    /** What was found, unless the server has begun to stop meanwhile. */
    private HealthReport now(HealthReport report) {
        return readiness.refusal().isPresent() ? refused() : report;
    }

    private HealthReport refused() {
        String reason = readiness.refusal().orElse("It took too long");
        return new HealthReport(List.of(CheckResult.down("server", reason)));
    }

    private Response<Payload> answer(HealthReport report, boolean withDetails) {
        byte[] body = json.write(report.members(withDetails));
        Status status = report.isUp() ? Status.OK : Status.SERVICE_UNAVAILABLE;
        return Response.of(status, HEADERS, new BytesPayload(body));
    }
}
