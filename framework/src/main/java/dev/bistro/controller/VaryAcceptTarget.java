package dev.bistro.controller;

import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import dev.bistro.http.spi.VaryField;

/**
 * Adds {@code Vary: Accept} to the answers of a target that was chosen by {@code Accept}, for caches.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5">RFC 9110, section 12.5.5</a>
 */
record VaryAcceptTarget(Target target) implements Target {
    private static final String VARY = "Accept";

    @Override
    public Response<Payload> answer(ServerRequest request) {
        return withVary(target.answer(request));
    }

    private static Response<Payload> withVary(Response<Payload> response) {
        if (response.body().orElse(Payload.NONE) instanceof PendingPayload pending) {
            return response.withBody(pending.map(VaryAcceptTarget::withVary));
        }
        return response.withHeaders(VaryField.with(response.headers(), VARY));
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
