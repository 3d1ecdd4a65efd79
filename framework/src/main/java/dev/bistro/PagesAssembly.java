package dev.bistro;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.controller.Dispatcher;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.result.ErrorWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says which pages of Bistro's own are on which listener: all on that for management, and on the main port those that
 * are enabled there.
 *
 * @param metrics empty if nothing is counted
 * @param health empty if nobody can ask for it
 */
record PagesAssembly(
        OwnSettings own, OpenApiAssembly openApi, Optional<MetricsAssembly> metrics, Optional<HealthAssembly> health) {

    /** The application of the main port with its pages around it. */
    Application around(
            Application application,
            Dispatcher dispatcher,
            JsonCodec codec,
            Extensions extensions,
            Consumer<ServerRequest> guard) {
        Map<String, OwnPages.Page> pages = new LinkedHashMap<>(openApi.pages(dispatcher, codec, extensions));
        metrics.filter(counting -> own.metrics().orElseThrow().enabled())
                .ifPresent(counting -> pages.putAll(counting.pages()));
        health.ifPresent(known -> pages.putAll(known.pages()));
        return OwnPages.around(application, dispatcher, pages, guard);
    }

    /** The pages of the listener for management, and nothing else. */
    Application ofManagement(ErrorWriter errors, Dispatcher dispatcher, JsonCodec codec, Extensions extensions) {
        Map<String, OwnPages.Page> pages = new LinkedHashMap<>(openApi.allPages(dispatcher, codec, extensions));
        metrics.ifPresent(counting -> pages.putAll(counting.pages()));
        health.ifPresent(known -> pages.putAll(known.allPages()));
        var safe = own.security().orElseThrow().headers().safeHeaders();
        return OwnPages.alone(new NoRoutes(errors, List.of(safe)), pages);
    }
}
