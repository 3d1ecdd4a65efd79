package dev.bistro.corpus;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http1.Http1;
import dev.bistro.http1.Http1Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application of one target that takes each request, and keeps what it got. */
final class Recorder implements Application, Target {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Limits that a short file can reach. */
    static final Http1Settings LIMITS = new Http1Settings(200, 300, 20, 1000, 1000, LONG, LONG, LONG, LONG, 0);

    private final BodyUse bodyUse;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    Recorder(BodyUse bodyUse) {
        this.bodyUse = bodyUse;
    }

    Http1 protocols() {
        return new Http1(LIMITS, this, 1);
    }

    List<Received> received() {
        return received;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        received.add(Received.of(request, bodyUse != BodyUse.IGNORED));
        return Response.of(Status.OK, Headers.empty(), Payload.NONE);
    }

    @Override
    public Traits traits() {
        return new Traits("The recorder", Execution.ADAPTIVE, bodyUse);
    }

    @Override
    public Target find(ServerRequest request) {
        return this;
    }

    @Override
    public List<Target> targets() {
        return List.of(this);
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return Response.of(status, Headers.empty(), Payload.NONE);
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return List.of();
    }
}
