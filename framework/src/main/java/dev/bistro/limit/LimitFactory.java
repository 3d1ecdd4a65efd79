package dev.bistro.limit;

import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.Timeout;
import dev.bistro.config.ByteSize;
import dev.bistro.description.DescribedLimits;
import dev.bistro.filter.RouteLink;
import dev.bistro.handler.DeclaredRoute;
import dev.bistro.handler.Executions;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.RateLimitKey;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.spi.Execution;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import dev.bistro.types.ResolvedMethod;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reads the limits of routes, at startup. Of a size, a time and a number at once the nearest annotation counts; of
 * rates all do, and one of a class is one for all of its routes.
 */
public final class LimitFactory {
    private final ServerLimits server;
    private final Function<Class<?>, Object> objects;
    private final BiFunction<Request, HttpException, Response<Payload>> refusals;
    private final LongSupplier nanos;
    private final Timer timer;
    private final LimitFaults faults;
    private final Map<Class<?>, List<RateLimiter>> ofClasses = new HashMap<>();

    /**
     * A factory for the routes of one application.
     *
     * @param objects gives the objects of {@link RateLimitKey}s; asked for only if nothing is wrong
     * @param refusals writes the answer to a request that is refused; a refusal isn't logged, since there may be many
     */
    public LimitFactory(
            ServerLimits server,
            Function<Class<?>, Object> objects,
            BiFunction<Request, HttpException, Response<Payload>> refusals,
            Problems problems) {
        this(server, objects, refusals, System::nanoTime, Timer.create(), problems);
    }

    LimitFactory(
            ServerLimits server,
            Function<Class<?>, Object> objects,
            BiFunction<Request, HttpException, Response<Payload>> refusals,
            LongSupplier nanos,
            Timer timer,
            Problems problems) {
        this.server = server;
        this.objects = objects;
        this.refusals = refusals;
        this.nanos = nanos;
        this.timer = timer;
        this.faults = new LimitFaults(problems);
    }

    /** The limits of a controller's method. */
    public RouteLimits of(DeclaredRoute route, ResolvedMethod method, BodyKind body) {
        var declared = new DeclaredLimits(route);
        Optional<ConcurrencyLimiter> concurrency = concurrency(declared, method);
        List<Rated> rates = rates(declared, Place.of(method.method()));
        var links = new ArrayList<RouteLink>();
        keyed(rates).ifPresent(links::add);
        concurrency.ifPresent(limiter -> links.add(new ConcurrencyLink(
                limiter,
                refusals,
                "@ConcurrencyLimit("
                        + route.annotation(ConcurrencyLimit.class).orElseThrow().value() + ")")));
        return new RouteLimits(
                maxBody(declared, method, body),
                timeout(declared, method).map(time -> new RouteLimits.Timed(time, timer)),
                concurrency,
                describe(rates),
                byClient(rates),
                List.copyOf(links),
                refusals);
    }

    /**
     * The limits of what isn't for one method: of a WebSocket's handshake, or of requests that none of the methods at a
     * route can answer. They are the rates of the class.
     */
    public RouteLimits ofClass(DeclaredRoute route) {
        List<Rated> rates = route.controller().isEmpty() ? List.of() : ratesOfClass(new DeclaredLimits(route));
        return new RouteLimits(
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                describe(rates),
                byClient(rates),
                keyed(rates).<List<RouteLink>>map(List::of).orElse(List.of()),
                refusals);
    }

    /** Checks a {@code @WebSocket} class: only a rate limits its sessions, and only on the class. */
    public void checkSocket(Class<?> type) {
        faults.checkSocket(type);
    }

    // ---- sizes, times, numbers

    private OptionalLong maxBody(DeclaredLimits declared, ResolvedMethod method, BodyKind body) {
        Optional<MaxBody> nearest = declared.nearest(MaxBody.class);
        if (nearest.isEmpty()) {
            return OptionalLong.empty();
        }
        Place place = place(MaxBody.class, declared, method);
        String text = nearest.get().value();
        if (body == BodyKind.NONE) {
            if (declared.isOnMethod(MaxBody.class)) {
                faults.useless("@MaxBody", "a method that reads no body", place);
            }
            return OptionalLong.empty();
        }
        Optional<Long> bytes = size(text);
        if (bytes.isEmpty()) {
            faults.unreadable("@MaxBody(\"" + text + "\")", "a number and B, kB, MB, GB, KiB, MiB or GiB", place);
            return OptionalLong.empty();
        }
        if (bytes.get() > body.most(server)) {
            faults.aboveServer(text, body, new ByteSize(body.most(server)), place);
        }
        return OptionalLong.of(bytes.get());
    }

    private static Optional<Long> size(String text) {
        try {
            return Optional.of(ByteSize.parse(text).bytes());
        } catch (IllegalArgumentException | ArithmeticException none) {
            return Optional.empty();
        }
    }

    private Optional<Duration> timeout(DeclaredLimits declared, ResolvedMethod method) {
        Optional<Timeout> nearest = declared.nearest(Timeout.class);
        if (nearest.isEmpty()) {
            return Optional.empty();
        }
        Place place = place(Timeout.class, declared, method);
        Optional<Duration> time = Durations.parse(nearest.get().value());
        if (time.isEmpty()) {
            faults.unreadable("@Timeout(\"" + nearest.get().value() + "\")", "a number and ms, s, min, h or d", place);
        }
        if (Executions.of(method) == Execution.NON_BLOCKING) {
            faults.onLoop(Place.of(method.method()));
        }
        return time;
    }

    private Optional<ConcurrencyLimiter> concurrency(DeclaredLimits declared, ResolvedMethod method) {
        Optional<ConcurrencyLimit> nearest = declared.nearest(ConcurrencyLimit.class);
        if (nearest.isPresent() && nearest.get().value() < 1) {
            faults.unreadable(
                    "@ConcurrencyLimit(" + nearest.get().value() + ")",
                    "a number of at least 1",
                    place(ConcurrencyLimit.class, declared, method));
            return Optional.empty();
        }
        return nearest.map(limit -> new ConcurrencyLimiter(limit.value()));
    }

    private static Place place(Class<? extends Annotation> type, DeclaredLimits declared, ResolvedMethod method) {
        return declared.isOnMethod(type)
                ? Place.of(method.method())
                : Place.of(method.hierarchy().type());
    }

    // ---- rates

    /** A rate as it is declared, with what counts it. */
    private record Rated(RateLimit declared, RateLimiter limiter) {
        boolean isByClient() {
            return declared.key() == void.class && declared.by() == RateLimit.By.CLIENT;
        }
    }

    private List<Rated> rates(DeclaredLimits declared, Place ofMethod) {
        var rates = new ArrayList<Rated>();
        for (RateLimit each : declared.ratesOfMethod()) {
            limiter(each, ofMethod).ifPresent(limiter -> rates.add(new Rated(each, limiter)));
        }
        rates.addAll(ratesOfClass(declared));
        return rates;
    }

    private List<Rated> ratesOfClass(DeclaredLimits declared) {
        List<RateLimit> written = declared.ratesOfClass();
        List<RateLimiter> shared = ofClasses.computeIfAbsent(
                declared.controller(),
                type -> written.stream()
                        .flatMap(each -> limiter(each, Place.of(type)).stream())
                        .toList());
        var rates = new ArrayList<Rated>();
        for (int i = 0; i < written.size() && shared.size() == written.size(); i++) {
            rates.add(new Rated(written.get(i), shared.get(i)));
        }
        return rates;
    }

    private Optional<RateLimiter> limiter(RateLimit declared, Place place) {
        faults.checkKey(declared, place);
        Optional<Rate> rate = Rate.parse(declared.value(), declared.burst());
        if (rate.isEmpty()) {
            faults.unreadable(
                    written(declared),
                    "10/s, 100/min, 1000/h or 5/10s, with a burst that fills again within a year",
                    place);
        }
        return rate.map(known -> new RateLimiter(known, nanos));
    }

    private static String written(RateLimit declared) {
        String value = "\"" + declared.value() + "\"";
        return declared.burst() == 0
                ? "@RateLimit(" + value + ")"
                : "@RateLimit(value = " + value + ", burst = " + declared.burst() + ")";
    }

    private static List<DescribedLimits.Rate> describe(List<Rated> rates) {
        return rates.stream()
                .map(rated -> new DescribedLimits.Rate(
                        rated.limiter().rate().text(),
                        rated.limiter().rate().burst(),
                        rated.isByClient() ? "client" : countedBy(rated.declared())))
                .toList();
    }

    private static String countedBy(RateLimit declared) {
        return declared.key() == void.class ? "user" : Place.name(declared.key());
    }

    private static RateCheck byClient(List<Rated> rates) {
        return new RateCheck(rates.stream()
                .filter(Rated::isByClient)
                .map(rate -> new RateCheck.Limit(rate.limiter(), CountedBy.CLIENT))
                .toList());
    }

    private Optional<RateLink> keyed(List<Rated> rates) {
        List<Rated> keyed = rates.stream().filter(rate -> !rate.isByClient()).toList();
        return keyed.isEmpty()
                ? Optional.empty()
                : Optional.of(new RateLink(
                        () -> new RateCheck(keyed.stream()
                                .map(rate -> new RateCheck.Limit(rate.limiter(), key(rate.declared())))
                                .toList()),
                        "@RateLimit"));
    }

    private RateLimitKey key(RateLimit declared) {
        return declared.key() == void.class ? CountedBy.USER : (RateLimitKey) objects.apply(declared.key());
    }
}
