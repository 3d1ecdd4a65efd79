package dev.bistro.filter;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.inject.RequestObjects;
import dev.bistro.inject.RequestScope;
import java.io.IOException;

/**
 * A target whose requests have objects of their own, from before it is called until the response is there: a body that is written piece by piece keeps them
 * until it is written, and a response that comes later until it is there, or nobody waits for it any more. There is none around a target where nothing that
 * is injected belongs to a request.
 */
public final class ScopedTarget implements Target {
    private final Target target;
    private final RequestScope scope;

    public ScopedTarget(Target target, RequestScope scope) {
        this.target = target;
        this.scope = scope;
    }

    @Override
    public Response<Payload> answer(ServerRequest request) {
        var objects = new OwnObjects(scope.begin(request));
        try {
            return objects.keptBy(objects.made().call(() -> target.answer(request)));
        } catch (RuntimeException | Error e) {
            objects.release();
            throw e;
        }
    }

    private record OwnObjects(RequestObjects made) implements RequestResources {
        @Override
        public void release() {
            made.close();
        }

        @Override
        public <T> T call(RequestObjects.Code<T, IOException> code) throws IOException {
            return made.call(code);
        }
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
