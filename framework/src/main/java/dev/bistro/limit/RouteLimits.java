package dev.bistro.limit;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedLimits;
import dev.bistro.filter.RouteLink;
import dev.bistro.http.HttpException;
import dev.bistro.http.Payload;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.spi.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * The limits of one route. Immutable.
 *
 * @param maxBodyBytes empty for what the server takes
 * @param timeout empty for none
 * @param concurrency empty for any number
 * @param rates all rates, for descriptions
 * @param byClient those that are looked at before the body is read
 * @param links what stands among the filters
 * @param refusals writes the answer to a request that is refused
 */
public record RouteLimits(
        OptionalLong maxBodyBytes,
        Optional<Timed> timeout,
        Optional<ConcurrencyLimiter> concurrency,
        List<DescribedLimits.Rate> rates,
        RateCheck byClient,
        List<RouteLink> links,
        BiFunction<Request, HttpException, Response<Payload>> refusals) {
    /** A time, and what measures it. */
    record Timed(Duration time, Timer timer) {}

    /**
     * Whether filters and links have to be called before the body is read, since a rate counts by what they find out.
     * The route reads its body while it comes then, also where it needs all of it.
     */
    public boolean readBodyLate() {
        return links.stream().anyMatch(RateLink.class::isInstance);
    }

    /** The target of the route, with its filters, behind the limits that come before these. */
    public Target before(Target target) {
        Target limited = timeout.<Target>map(timed -> new TimedTarget(target, timed.time(), timed.timer(), refusals))
                .orElse(target);
        return concurrency.isEmpty() && byClient.limits().isEmpty()
                ? limited
                : new HeadLimits(limited, byClient, concurrency, refusals);
    }

    /** For descriptions. */
    public DescribedLimits describe() {
        return new DescribedLimits(
                maxBodyBytes,
                timeout.map(Timed::time),
                concurrency.map(limiter -> OptionalInt.of(limiter.most())).orElse(OptionalInt.empty()),
                rates);
    }

    /** What requests are answered with that it refuses. */
    public List<DescribedError> describeErrors() {
        var errors = new ArrayList<DescribedError>();
        if (maxBodyBytes.isPresent()) {
            errors.add(DescribedError.of(Status.CONTENT_TOO_LARGE, "The body is too long."));
        }
        if (!rates.isEmpty()) {
            errors.add(DescribedError.of(Status.TOO_MANY_REQUESTS, "Too many requests came.", "Retry-After"));
        }
        if (concurrency.isPresent()) {
            errors.add(ConcurrencyLimiter.describe());
        }
        if (timeout.isPresent()) {
            errors.add(DescribedError.of(Status.SERVICE_UNAVAILABLE, "The answer took too long."));
        }
        return errors;
    }
}
