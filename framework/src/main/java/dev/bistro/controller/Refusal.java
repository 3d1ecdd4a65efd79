package dev.bistro.controller;

import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.function.Function;

/** Turns requests down that no endpoint of a route is for. */
record Refusal(Function<ServerRequest, HttpException> why, ErrorMapper errors) implements Target {
    private static final Traits TRAITS =
            new Traits("The answer to a bad request", Execution.NON_BLOCKING, BodyUse.IGNORED);

    @Override
    public Response<Payload> answer(ServerRequest request) {
        return errors.map(request, why.apply(request));
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }
}
