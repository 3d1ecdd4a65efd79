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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to Redis if something is to be in it. It loads what uses Lettuce only then: an address alone, which a
 * platform may give in {@code REDIS_URL}, does nothing.
 */
final class RedisAssembly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bistro.class);

    private static final String LIBRARY = "io.lettuce:lettuce-core:7.7.0.RELEASE";

    private final Optional<RedisSettings> settings;
    private final Problems problems;
    private boolean isRequired;
    private Optional<Redis> opened = Optional.empty();

    /**
     * Prepares it.
     *
     * @param settings empty if they have faults
     */
    RedisAssembly(Optional<RedisSettings> settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Connects, if nobody has required it before. Whatever keeps it from that is a problem, and told once.
     *
     * @param setting which says that something is to be in Redis: {@code feeds.store}
     * @return empty if there is a problem, or no objects are to be made
     */
    Optional<Redis> require(String setting) {
        if (!isRequired) {
            isRequired = true;
            settings.ifPresent(known -> {
                if (!RedisLibrary.isThere()) {
                    problems.add(withoutLibrary(setting));
                } else if (known.url().isEmpty()) {
                    problems.add(withoutUrl(setting));
                } else {
                    open(known, known.url().get());
                }
            });
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

    private void open(RedisSettings known, Secret url) {
        RedisAddress address;
        try {
            address = RedisAddress.of(url.reveal())
                    .as(known.user(), known.password().map(Secret::reveal));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of("bad-redis-url", "redis.url is no address of Redis: " + e.getMessage() + ".")
                    .cure("Correct it; it isn't shown here, since it may have a password."));
            return;
        }
        if (problems.areObjectsForbidden()) {
            return;
        }
        try {
            opened = Optional.of(Redis.open(address, known.timeout()));
            LOG.info("Redis: {}", address.shown());
        } catch (RedisException e) {
            problems.add(Problem.of(
                            "no-redis-connection",
                            "Redis at " + address.shown() + " can't be reached: " + said(e, url, address) + ".")
                    .cure("Is it running, and does it let this user in? See redis.url, redis.user and"
                            + " redis.password."));
        }
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
