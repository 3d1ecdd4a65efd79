package dev.bistro.security;

import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Application;
import dev.bistro.http.spi.ResponseDecorator;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An application that keeps to what is declared about other origins. Every request comes through {@link #find} before
 * anything of the application is asked, so the rule against forged requests and the preflights are the same for
 * handlers, WebSockets, files, forms, and paths without a route. Every answer gets its header fields from
 * {@link #decorators}.
 */
public final class GuardedApplication implements Application {
    private final Application application;
    private final Optional<CrossSiteRule> rule;
    private final CrossSiteRefusal refusal;
    private final Optional<Preflight> preflight;
    private final List<ResponseDecorator> decorators;

    /**
     * Wraps an application.
     *
     * @param routes the routes that it has
     * @param policies what is declared for them
     * @param rule which requests are refused; empty to refuse none
     * @param headers further header fields of its answers
     */
    public GuardedApplication(
            Application application,
            RouteLookup routes,
            CorsPolicies policies,
            Optional<CrossSiteRule> rule,
            ResponseDecorator headers) {
        this.application = application;
        this.rule = rule;
        this.refusal = new CrossSiteRefusal(application);
        this.preflight =
                policies.areNone() ? Optional.empty() : Optional.of(new Preflight(application, routes, policies));
        var all = new ArrayList<>(application.decorators());
        all.add(headers);
        if (!policies.areNone()) {
            all.add(new CorsHeaders(policies));
        }
        this.decorators = List.copyOf(all);
    }

    @Override
    public Target find(ServerRequest request) {
        Target target = application.find(request); // first, so that what is refused has its route too
        if (preflight.isPresent() && preflight.get().answers(request)) {
            return preflight.get();
        }
        return rule.isPresent() && rule.get().refuses(request) ? refusal : target;
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<>(application.targets());
        targets.add(refusal);
        preflight.ifPresent(targets::add);
        return targets;
    }

    @Override
    public Response<Payload> refuse(Optional<? extends Request> request, Status status, String detail) {
        return application.refuse(request, status, detail);
    }

    @Override
    public List<ResponseDecorator> decorators() {
        return decorators;
    }
}
