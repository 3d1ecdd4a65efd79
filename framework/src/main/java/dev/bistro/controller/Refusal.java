package dev.bistro.controller;

import dev.bistro.http.Execution;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Target;
import java.util.function.Function;

/** Turns requests down that no endpoint of a route is for. */
record Refusal(Function<ServerRequest, HttpException> why, ErrorMapper errors) implements Target {
    @Override
    public Response<Payload> answer(ServerRequest request) {
        return errors.map(request, why.apply(request));
    }

    @Override
    public Execution execution() {
        return Execution.NON_BLOCKING;
    }

    @Override
    public BodyUse bodyUse() {
        return BodyUse.IGNORED;
    }
}
