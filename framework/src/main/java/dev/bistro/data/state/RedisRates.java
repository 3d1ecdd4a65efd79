package dev.bistro.data.state;

import dev.bistro.data.redis.Redis;
import dev.bistro.data.redis.RedisException;
import dev.bistro.data.redis.RedisReply;
import dev.bistro.data.redis.RedisScript;
import dev.bistro.limit.RateStore;
import java.util.ArrayList;
import java.util.List;

/** Buckets of rates in Redis, by its clock: when each is full again, in microseconds since 1970, for so long. */
record RedisRates(Redis redis) implements RateStore {
    private static final String PREFIX = "bistro:rate:";

    /**
     * Takes one from all, or from none. Arguments: for each bucket, its interval, the time in which it is full, and
     * what it can't lack unless the clock was set back.
     */
    private static final RedisScript TAKE = RedisScript.of("""
            local clock = redis.call('time')
            local now = clock[1] * 1000000 + clock[2]
            local reply = {1}
            for i, key in ipairs(KEYS) do
              local interval, empty, most = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
              local lack = math.max(tonumber(redis.call('get', key) or now) - now, 0)
              if lack > most then lack = empty - interval end
              if lack + interval > empty then reply[1] = 0 end
              reply[i + 1] = lack
            end
            if reply[1] == 1 then
              for i, key in ipairs(KEYS) do
                reply[i + 1] = reply[i + 1] + ARGV[3 * i - 2]
                redis.call('set', key, string.format('%.0f', now + reply[i + 1]),
                  'px', string.format('%.0f', math.ceil(reply[i + 1] / 1000)))
              end
            end
            return reply""");

    @Override
    public Taken take(List<Bucket> buckets) throws RedisException {
        List<String> keys = buckets.stream().map(bucket -> PREFIX + bucket.id()).toList();
        List<String> arguments = new ArrayList<>();
        for (Bucket bucket : buckets) {
            arguments.add(Long.toString(bucket.intervalMicros()));
            arguments.add(Long.toString(bucket.emptyMicros()));
            arguments.add(Long.toString(bucket.mostMicros()));
        }
        RedisReply reply = redis.call(TAKE, keys, arguments);
        List<Long> lacks = new ArrayList<>();
        for (int i = 1; i < reply.size(); i++) {
            lacks.add(Long.parseLong(reply.text(i)));
        }
        return Taken.ofMicros(reply.number() == 1, lacks);
    }
}
