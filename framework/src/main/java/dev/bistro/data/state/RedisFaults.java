package dev.bistro.data.state;

import dev.bistro.data.redis.RedisException;
import dev.bistro.http.HttpException;
import dev.bistro.http.Status;
import java.util.Set;

/** What a request is told where Redis does nothing for it. */
final class RedisFaults {
    /** What Redis says where the same may well succeed later; an empty one where it can't be reached. */
    private static final Set<String> PASSING = Set.of(
            "", "LOADING", "BUSY", "OOM", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "NOREPLICAS");

    private RedisFaults() {}

    /** 503 if it passes; anything else is a fault of the server. */
    static RuntimeException of(RedisException fault) {
        return PASSING.contains(fault.code())
                ? later("Redis can't be reached.").withCause(fault)
                : new IllegalStateException("Redis refuses a command of sessions", fault);
    }

    /** Others come first each time. */
    static HttpException busy() {
        return later("The session is changed by too many at once.");
    }

    private static HttpException later(String detail) {
        return new HttpException(Status.SERVICE_UNAVAILABLE, detail).withHeader("Retry-After", "1");
    }
}
