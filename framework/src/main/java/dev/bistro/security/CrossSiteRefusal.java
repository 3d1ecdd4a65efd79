package dev.bistro.security;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Optional;

/** Answers what {@link CrossSiteRule} refuses. The body isn't read, and no filter or handler is asked. */
record CrossSiteRefusal(Application application) implements Target {
    private static final Traits TRAITS =
            new Traits("The refusal of forged requests (CSRF)", Execution.NON_BLOCKING, BodyUse.IGNORED);

    @Override
    public Response<Payload> answer(ServerRequest request) {
        return application.refuse(Optional.of(request), Status.FORBIDDEN, CrossSiteRule.reason(request));
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }
}
