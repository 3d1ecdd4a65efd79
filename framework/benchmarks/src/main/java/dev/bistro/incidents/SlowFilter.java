package dev.bistro.incidents;

import dev.bistro.annotation.Filter;
import dev.bistro.http.Chain;
import dev.bistro.http.Request;
import dev.bistro.http.Response;

/** Takes a second for an answer, also for one that nobody waits for any more. */
@Filter("/pending/filtered")
final class SlowFilter {
    Response<?> filter(Request request, Chain chain) {
        return chain.proceed(response -> {
            Pause.of(1_000);
            return response;
        });
    }
}
