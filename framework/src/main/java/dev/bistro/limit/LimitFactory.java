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
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Reads the limits of routes, at startup. Of a size, a time and a number at once the nearest annotation counts; of
 * rates all do, and one of a class is one for all of its routes.
 */
public final class LimitFactory {
    private final ServerLimits server;
    private final Execution logins;
    private final Function<Class<?>, Object> objects;
    private final BiFunction<Request, HttpException, Response<Payload>> refusals;
    private final LimitTexts texts;
    private final Optional<SharedRates> shared;
    private final LongSupplier nanos;
    private final Timer timer;
    private final LimitFaults faults;
    private final Map<Class<?>, List<Rated>> ofClasses = new HashMap<>();

    /**
     * A factory for the routes of one application.
     *
     * @param logins how asking for the login of a request runs
     * @param objects gives the objects of {@link RateLimitKey}s; asked for only if nothing is wrong
     * @param refusals writes the answer to a request that is refused; a refusal isn't logged, since there may be many
     * @param rates what the instances of the application count by together; empty if each counts for itself
     */
    public LimitFactory(
            ServerLimits server,
            Execution logins,
            Function<Class<?>, Object> objects,
            BiFunction<Request, HttpException, Response<Payload>> refusals,
            LimitTexts texts,
            Optional<RateStore> rates,
            Problems problems) {
        this(server, logins, objects, refusals, texts, rates, System::nanoTime, Timer.create(), problems);
    }

    LimitFactory(
            ServerLimits server,
            Execution logins,
            Function<Class<?>, Object> objects,
            BiFunction<Request, HttpException, Response<Payload>> refusals,
            LimitTexts texts,
            Optional<RateStore> rates,
            LongSupplier nanos,
            Timer timer,
            Problems problems) {
        this.server = server;
        this.logins = logins;
        this.objects = objects;
        this.refusals = refusals;
        this.texts = texts;
        this.shared = rates.map(store -> new SharedRates(store, nanos));
        this.nanos = nanos;
        this.timer = timer;
        this.faults = new LimitFaults(problems);
    }

    /** The limits of a controller's method. */
    public RouteLimits of(DeclaredRoute route, ResolvedMethod method, BodyKind body) {
        var declared = new DeclaredLimits(route);
        Optional<ConcurrencyLimiter> concurrency = concurrency(declared, method);
        List<Rated> rates = rates(declared, route + " " + name(method), Place.of(method.method()));
        var links = new ArrayList<RouteLink>();
        Optional<RateLink> keyed = keyed(rates);
        if (keyed.isPresent()) {
            links.add(keyed.get());
        }
        if (concurrency.isPresent()) {
            ConcurrencyLimit written = route.annotation(ConcurrencyLimit.class).orElseThrow();
            links.add(new ConcurrencyLink(concurrency.get(), refusals, "@ConcurrencyLimit(" + written.value() + ")"));
        }
        OptionalLong maxBody = maxBody(declared, method, body);
        Optional<Duration> time = timeout(declared, method);
        return new RouteLimits(
                maxBody,
                time.isPresent() ? Optional.of(new RouteLimits.Timed(time.get(), timer)) : Optional.empty(),
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

    /**
     * The rates of the messages that a method of a {@code @WebSocket} class takes: those on it, and on the methods that
     * it overrides. Each session counts by the request that opened it.
     */
    public DeclaredMessageLimit ofMessages(ResolvedMethod method) {
        List<Rated> rates = rated(DeclaredLimits.ratesOfMethod(method), name(method), Place.of(method.method()));
        return rates.isEmpty()
                ? DeclaredMessageLimit.NONE
                : new DeclaredMessageLimit(executionOfRates(), () -> check(rates));
    }

    private Execution executionOfRates() {
        return shared.isPresent() ? Execution.BLOCKING : Execution.NON_BLOCKING;
    }

    private static String name(ResolvedMethod method) {
        return method.hierarchy().type().getName() + "." + method.method().getName() + parameters(method);
    }

    private static String parameters(ResolvedMethod method) {
        var names = new StringJoiner(",", "(", ")");
        for (Class<?> type : method.method().getParameterTypes()) {
            names.add(type.getName());
        }
        return names.toString();
    }

    /** Checks a {@code @WebSocket} class: only rates limit its sessions, on the class, and its messages. */
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
        String written = "@MaxBody(\"" + text + "\")";
        Optional<String> resolved = texts.of(text, written, place);
        if (resolved.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<Long> bytes = size(resolved.get());
        if (bytes.isEmpty()) {
            faults.unreadable(written, "a number and B, kB, MB, GB, KiB, MiB or GiB", place);
            return OptionalLong.empty();
        }
        if (body == BodyKind.NONE) {
            if (declared.isOnMethod(MaxBody.class)) {
                faults.useless("@MaxBody", "a method that reads no body", place);
            }
            return OptionalLong.empty();
        }
        if (bytes.get() > body.most(server)) {
            faults.aboveServer(written, body, new ByteSize(body.most(server)), place);
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
        String written = "@Timeout(\"" + nearest.get().value() + "\")";
        Optional<String> resolved = texts.of(nearest.get().value(), written, place);
        Optional<Duration> time = resolved.flatMap(Durations::parse);
        if (resolved.isPresent() && time.isEmpty()) {
            faults.unreadable(written, "a number and ms, s, min, h or d, a year at most", place);
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
        return nearest.isPresent()
                ? Optional.of(new ConcurrencyLimiter(nearest.get().value()))
                : Optional.empty();
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

    private List<Rated> rates(DeclaredLimits declared, String name, Place ofMethod) {
        var rates = new ArrayList<>(rated(declared.ratesOfMethod(), name, ofMethod));
        rates.addAll(ratesOfClass(declared));
        return rates;
    }

    /** Those of them that can be read. */
    private List<Rated> rated(List<RateLimit> written, String name, Place place) {
        var rates = new ArrayList<Rated>();
        for (int i = 0; i < written.size(); i++) {
            RateLimit each = written.get(i);
            limiter(each, name + " " + i, place).ifPresent(limiter -> rates.add(new Rated(each, limiter)));
        }
        return rates;
    }

    private List<Rated> ratesOfClass(DeclaredLimits declared) {
        return ofClasses.computeIfAbsent(
                declared.controller(), type -> rated(declared.ratesOfClass(), type.getName(), Place.of(type)));
    }

    /** @param name of what it is written on, with its number there */
    private Optional<RateLimiter> limiter(RateLimit declared, String name, Place place) {
        faults.checkKey(declared, place);
        Optional<String> resolved = texts.of(declared.value(), written(declared), place);
        Optional<Rate> rate = resolved.flatMap(text -> Rate.parse(text, declared.burst()));
        if (resolved.isPresent() && rate.isEmpty()) {
            faults.unreadable(
                    written(declared),
                    "10/s, 100/min, 1000/h or 5/10s, with a burst that fills again within a year",
                    place);
        }
        return rate.map(known -> new RateLimiter(
                name + " " + known.text() + " " + known.burst() + " " + countedBy(declared), known, nanos));
    }

    private static String written(RateLimit declared) {
        String value = "\"" + declared.value() + "\"";
        return declared.burst() == 0
                ? "@RateLimit(" + value + ")"
                : "@RateLimit(value = " + value + ", burst = " + declared.burst() + ")";
    }

    private static List<DescribedLimits.Rate> describe(List<Rated> rates) {
        var described = new ArrayList<DescribedLimits.Rate>();
        for (Rated rated : rates) {
            Rate rate = rated.limiter().rate();
            described.add(new DescribedLimits.Rate(rate.text(), rate.burst(), countedBy(rated.declared())));
        }
        return List.copyOf(described);
    }

    private static String countedBy(RateLimit declared) {
        if (declared.key() != void.class) {
            return Place.name(declared.key());
        }
        return declared.by() == RateLimit.By.CLIENT ? "client" : "user";
    }

    private RateCheck byClient(List<Rated> rates) {
        return check(rates(rates, true));
    }

    private static List<Rated> rates(List<Rated> rates, boolean byClient) {
        var some = new ArrayList<Rated>();
        for (Rated rate : rates) {
            if (rate.isByClient() == byClient) {
                some.add(rate);
            }
        }
        return some;
    }

    private Optional<RateLink> keyed(List<Rated> rates) {
        List<Rated> keyed = rates(rates, false);
        if (keyed.isEmpty()) {
            return Optional.empty();
        }
        Execution execution = Executions.together(List.of(logins, executionOfRates()));
        return Optional.of(new RateLink(execution, () -> check(keyed), "@RateLimit"));
    }

    private RateCheck check(List<Rated> rates) {
        var limits = new ArrayList<RateCheck.Limit>();
        for (Rated rate : rates) {
            limits.add(
                    new RateCheck.Limit(rate.limiter(), rate.isByClient() ? CountedBy.CLIENT : key(rate.declared())));
        }
        return new RateCheck(limits, shared);
    }

    private RateLimitKey key(RateLimit declared) {
        return declared.key() == void.class ? CountedBy.USER : (RateLimitKey) objects.apply(declared.key());
    }
}
