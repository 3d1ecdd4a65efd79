package dev.bistro.controller;

import dev.bistro.http.Headers;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.spi.PendingPayload;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.Locale;
import java.util.Optional;

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
        return response.withHeaders(withVary(response.headers()));
    }

    private static Headers withVary(Headers headers) {
        Optional<String> vary = headers.combined("Vary");
        if (vary.isEmpty()) {
            return headers.plus("Vary", VARY);
        }
        for (String name : headers.elements("Vary")) {
            if (name.equals("*") || name.toLowerCase(Locale.ROOT).equals("accept")) {
                return headers;
            }
        }
        return headers.with("Vary", VARY + ", " + vary.get());
    }

    @Override
    public Traits traits() {
        return target.traits();
    }
}
