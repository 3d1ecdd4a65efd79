package dev.bistro.controller;

import dev.bistro.assets.StaticFolder;
import dev.bistro.exception.ErrorMapper;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.routing.PathGuards;

/** Answers with the files of a folder. Immutable. */
record StaticEndpoint(StaticFolder folder, PathGuards guards, ErrorMapper errors) implements Target {
    private static final Traits TRAITS = new Traits("A folder of files", Execution.ADAPTIVE, BodyUse.IGNORED);

    @Override
    public Response<Payload> answer(ServerRequest request) {
        try {
            return folder.answer(request, address -> guards.havePassedTo(request.path(), address));
        } catch (RuntimeException fault) {
            return errors.map(request, fault);
        }
    }

    /** Adaptive: a file may have to be read from the disk. */
    @Override
    public Traits traits() {
        return TRAITS;
    }
}
