package dev.bistro;

import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.result.ErrorWriter;
import java.util.List;
import java.util.Optional;

/** An application that answers 404 to everything: what is around a listener's pages that has nothing else. */
record NoRoutes(ErrorWriter errors, List<ResponseDecorator> decorators, Target notFound) implements Application {
    NoRoutes(ErrorWriter errors, List<ResponseDecorator> decorators) {
        this(errors, decorators, new NotFound(errors));
    }

    @Override
    public Target find(ServerRequest request) {
        return notFound;
    }

    @Override
    public List<Target> targets() {
        return List.of(notFound);
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        var fault = new HttpException(status, detail);
        return request.map(known -> errors.write(known, fault)).orElseGet(() -> errors.write(fault));
    }

    private record NotFound(ErrorWriter errors) implements Target {
        @Override
        public Response<Payload> answer(ServerRequest request) {
            return errors.write(request, new HttpException(Status.NOT_FOUND, "There is nothing here."));
        }

        @Override
        public Traits traits() {
            return new Traits("The answer where there is no page", Execution.NON_BLOCKING, BodyUse.IGNORED);
        }
    }
}
