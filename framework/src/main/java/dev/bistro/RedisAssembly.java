package dev.bistro;

import dev.bistro.config.Secret;
import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisAddress;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisLibrary;
import dev.bistro.health.Health;
import dev.bistro.inject.ContainerBuilder;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to Redis if something is to be in it. It loads what uses Lettuce only then: an address alone, which a
 * platform may give in {@code REDIS_URL}, does nothing.
 */
final class RedisAssembly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private static final String TLS_CURE = "Does it speak TLS there, and has it a certificate that Java trusts"
            + " (-Djavax.net.ssl.trustStore for one of your own), for the host in redis.url? Without TLS, an address"
            + " begins with redis://.";
    private static final String LIBRARY = "io.lettuce:lettuce-core:7.7.0.RELEASE";

    private final Optional<RedisSettings> settings;
    private final Optional<Secret> url;
    private final Problems problems;
    private boolean isRequired;
    private Optional<Redis> opened = Optional.empty();

    /**
     * Prepares it.
     *
     * @param settings empty if they have faults
     * @param url what they say of the address, even then
     */
    RedisAssembly(Optional<RedisSettings> settings, Optional<String> url, Problems problems) {
        this.settings = settings;
        this.url = settings.map(RedisSettings::url).orElse(url.map(Secret::of));
        this.problems = problems;
    }

    /**
     * Connects, if nobody has required it before. Whatever keeps it from that is a problem.
     *
     * @param setting which says that something is to be in Redis: {@code feeds.store}
     * @return empty if there is a problem, or no objects are to be made
     */
    Optional<Redis> require(String setting) {
        boolean isFirst = !isRequired;
        isRequired = true;
        boolean isThere = RedisLibrary.isThere();
        if (isFirst && !isThere) {
            problems.add(withoutLibrary(setting));
        }
        if (url.isEmpty()) {
            problems.add(withoutUrl(setting)); // for each, since one may be a setting too many
        } else if (isFirst) {
            address(url.get()).filter(address -> isThere).ifPresent(address -> open(address, url.get()));
        }
        return opened;
    }

    static Problem withoutLibrary(String setting) {
        return Problem.of(
                        "redis-without-library",
                        "Something is to be in Redis (" + setting + "), but Lettuce isn't on the class path.")
                .cure("Add " + LIBRARY + " to the dependencies.");
    }

    private static Problem withoutUrl(String setting) {
        return Problem.of(
                        "redis-without-url",
                        "Something is to be in Redis (" + setting + "), but there is no redis.url.")
                .cure("Set redis.url to its address, such as redis://user:password@host:6379; or remove " + setting
                        + ".");
    }

    private Optional<RedisAddress> address(Secret written) {
        try {
            RedisAddress address = RedisAddress.of(written.reveal());
            return Optional.of(settings.map(
                            known -> address.as(known.user(), known.password().map(Secret::reveal)))
                    .orElse(address));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of("bad-redis-url", "redis.url is no address of Redis: " + e.getMessage() + ".")
                    .cure("Correct it; it isn't shown here, since it may have a password."));
            return Optional.empty();
        }
    }

    private void open(RedisAddress address, Secret written) {
        if (problems.areObjectsForbidden() || settings.isEmpty()) {
            return;
        }
        try {
            opened = Optional.of(Redis.open(address, settings.get().timeout()));
            LOG.info("Redis: {}", address.shown());
        } catch (RedisException e) {
            Problem problem = Problem.of(
                    "no-redis-connection",
                    "Redis at " + address.shown() + " can't be reached: " + said(e, written, address) + ".");
            if (!isOfTls(e)) {
                problem = problem.cure(
                        "Is it running, and does it let this user in? See redis.url, redis.user and redis.password.");
            }
            problems.add(address.isTls() ? problem.cure(TLS_CURE) : problem);
        }
    }

    private static boolean isOfTls(Throwable fault) {
        return fault != null && (fault instanceof SSLException || isOfTls(fault.getCause()));
    }

    /** What the driver says, on one line, and without the password should it be in there. */
    private static String said(RedisException fault, Secret url, RedisAddress address) {
        String text = String.valueOf(fault.getMessage()).strip().replaceAll("\\s+", " ");
        for (String secret : List.of(url.reveal(), address.password().orElse(""))) {
            text = secret.isEmpty() ? text : text.replace(secret, "***");
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** Has it closed at the end, after all that is bound later. */
    void bind(ContainerBuilder builder) {
        builder.closeLast(this);
    }

    /** The check of whether it answers, by its name; none if nothing is in it. */
    Map<String, Callable<Health>> checks() {
        return opened.isPresent() ? Map.of("redis", () -> health(opened.get())) : Map.of();
    }

    private static Health health(Redis redis) {
        try {
            redis.call("ping");
            return Health.up();
        } catch (RedisException e) {
            return Health.down("It doesn't answer");
        }
    }

    @Override
    public void close() {
        if (opened.isPresent()) { // a reference to a method would load Redis where there is none
            opened.get().close();
        }
    }
}
