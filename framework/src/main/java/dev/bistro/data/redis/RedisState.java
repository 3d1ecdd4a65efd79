package dev.bistro.data.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server of Redis keeps what it has acknowledged, as far as it tells.
 *
 * @param appendOnly the setting {@code appendonly}
 * @param appendFsync the setting {@code appendfsync}; empty where the server doesn't tell its settings, as those of
 *     platforms
 * @param evicts whether keys go that have no time to live when its memory is full
 * @param life what changes when it may have lost something: it was promoted from a replica or, unless it is known to
 *     lose nothing then, it was started again
 */
public record RedisState(boolean appendOnly, Optional<String> appendFsync, boolean evicts, String life) {
    private static final String ALWAYS = "always";
    private static final String EVICTS_ALL = "allkeys-";

    /**
     * Asks a server for it.
     *
     * @throws RedisException if it can't be reached, or refuses {@code INFO}
     */
    public static RedisState of(RedisConnection connection, Duration limit) throws RedisException {
        String info = connection.call(limit, "info").text().orElse("");
        boolean appendOnly = field(info, "aof_enabled").equals("1");
        Optional<String> fsync = setting(connection, limit, "appendfsync");
        boolean isDurable = appendOnly && fsync.filter(ALWAYS::equals).isPresent();
        String promoted = field(info, "master_replid2") + ":" + field(info, "second_repl_offset");
        return new RedisState(
                appendOnly,
                fsync,
                field(info, "maxmemory_policy").startsWith(EVICTS_ALL),
                isDurable ? promoted : field(info, "run_id"));
    }

    private static String field(String info, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":(\\S*)").matcher(info);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Optional<String> setting(RedisConnection connection, Duration limit, String name)
            throws RedisException {
        try {
            RedisReply reply = connection.call(limit, "config", "get", name);
            return reply.size() < 2 ? Optional.empty() : Optional.of(reply.text(1));
        } catch (RedisException e) {
            if (e.code().isEmpty()) {
                throw e;
            }
            return Optional.empty(); // it is forbidden, or unknown
        }
    }

    /** What may lose something that was acknowledged, each with its cure. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (!appendOnly) {
            warnings.add("appendonly is no: what was acknowledged may be lost when it ends. Set appendonly yes");
        } else if (appendFsync.filter(set -> !set.equals(ALWAYS)).isPresent()) {
            warnings.add("appendfsync is " + appendFsync.get() + ": what was acknowledged in the last second or longer"
                    + " may be lost when it ends. Set appendfsync always");
        }
        if (evicts) {
            warnings.add("maxmemory-policy removes any keys when the memory is full. Set maxmemory-policy noeviction,"
                    + " or one that begins with volatile-");
        }
        return warnings;
    }
}
