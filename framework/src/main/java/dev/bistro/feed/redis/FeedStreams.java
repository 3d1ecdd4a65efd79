package dev.bistro.feed.redis;

import dev.bistro.data.redis.RedisReply;
import dev.bistro.data.redis.RedisScript;
import dev.bistro.feed.FeedId;
import dev.bistro.feed.store.Publication;
import dev.bistro.feed.store.StoredItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What Redis keeps of feeds, and the scripts that are all that is done with it. A script is done at once or not at all.
 *
 * <pre>
 *   bistro:feeds                     a hash: the epoch of all feeds that have had no item, and in which life of the
 *                                    server it was made
 *   bistro:feed:{name}               a hash: the feed's epoch and life, at first those from there, and its last item
 *   bistro:feed:{name}:items         a stream: 17-1526919030474 is the 17th item, and when it was stored
 *   bistro:feed:{name}:publications  a hash: the publications that are in the stream, and the ids of their items
 * </pre>
 *
 * <p>Numbers have no gap but at the stream's beginning, where old items are removed, so that who reads on knows that
 * nothing is missing. The time in an id tells an item from one that had its number before and was lost.
 *
 * <p>Whoever asks for a feed makes no key of it, or clients could make any number of them: only an item does.
 */
final class FeedStreams {
    /** Items are kept so long in any case: longer than a publication is tried, so that each attempt finds the first. */
    private static final long KEPT_MILLIS = 120_000;

    private static final int MOST_READ = 1_000;
    private static final int MOST_TRIMMED = 1_000;
    private static final int ARGUMENTS_EACH = 3;
    private static final int EVENT = 3; // an entry has the fields publication, event and data, each before its value
    private static final int DATA = 5;

    private static final String UNUSED = "bistro:feeds";

    private static final String FIND = """
            local feed, items, publications, unused = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
            local function number(id) return tonumber(string.match(id, '^%d+')) end
            local epoch = redis.call('hget', feed, 'epoch')
            local home = epoch and feed or unused
            local function renew()
              redis.call('hset', home, 'epoch', ARGV[1], 'life', ARGV[2])
              return ARGV[1]
            end
            epoch = epoch or redis.call('hget', unused, 'epoch') or renew()
            local last = home == feed and redis.call('hget', feed, 'last') or '0-0'
            """;

    // a new epoch, the server's life, then for each item the publication, the event and the data
    private static final RedisScript APPEND = RedisScript.of(FIND + """
            if home == unused then
              redis.call('del', items, publications)
              redis.call('hset', feed, 'epoch', epoch, 'last', last, 'life', redis.call('hget', unused, 'life'))
            end
            local time = redis.call('time')
            local millis = time[1] .. string.sub('000000' .. time[2], -6, -4)
            local ids = {epoch}
            for i = 3, #ARGV, 3 do
              local id = redis.call('hget', publications, ARGV[i])
              if not id then
                id = string.format('%.0f', number(last) + 1) .. '-' .. millis
                redis.call('xadd', items, id, 'publication', ARGV[i], 'event', ARGV[i + 1], 'data', ARGV[i + 2])
                redis.call('hset', publications, ARGV[i], id)
                redis.call('hset', feed, 'last', id)
                last = id
              end
              ids[#ids + 1] = id
            end
            return ids
            """);

    // a new epoch, the server's life, whether it is to be compared, the epoch and the id that are known, how many items
    private static final RedisScript READ = RedisScript.of(FIND + """
            local function islost(id)
              if number(last) < number(id) then return true end
              if home == unused then return false end
              local item = redis.call('xrange', items, number(id), number(id), 'count', 1)[1]
              return item and item[1] ~= id
            end
            if ARGV[3] == '1' and redis.call('hget', home, 'life') ~= ARGV[2] then
              epoch = renew()
            elseif ARGV[4] == epoch and islost(ARGV[5]) then
              epoch = renew()
            end
            if home == feed and ARGV[4] == epoch then
              local after = string.format('%.0f', number(ARGV[5]) + 1)
              return {epoch, last, redis.call('xrange', items, after, '+', 'count', ARGV[6])}
            end
            return {epoch, last, {}}
            """);

    // a new epoch, the server's life, how many items
    private static final RedisScript BEGIN = RedisScript.of(FIND + """
            return {epoch, last, home == feed and redis.call('xrevrange', items, '+', '-', 'count', ARGV[3]) or {}}
            """);

    // a new epoch, the server's life, the history, for how long items are kept, how many are removed at most
    private static final RedisScript TRIM = RedisScript.of(FIND + """
            local newest = number(last) - ARGV[3]
            if newest < 1 then return 0 end
            local before = redis.call('time')[1] * 1000 - ARGV[4]
            local old = 0
            local found = redis.call('xrange', items, '-', string.format('%.0f', newest), 'count', ARGV[5])
            for _, item in ipairs(found) do
              if tonumber(string.match(item[1], '%d+$')) > before then break end
              redis.call('hdel', publications, item[2][2])
              old = old + 1
            end
            if old > 0 then redis.call('xtrim', items, 'maxlen', redis.call('xlen', items) - old) end
            return old
            """);

    private FeedStreams() {}

    /** Carries out a script. */
    @FunctionalInterface
    interface Caller {
        RedisReply call(RedisScript script, List<String> keys, List<String> arguments) throws IOException;
    }

    /** The key of the stream. */
    static String items(String feed) {
        return "bistro:feed:{" + feed + "}:items";
    }

    private static List<String> keys(String feed) {
        String key = "bistro:feed:{" + feed + "}";
        return List.of(key, items(feed), key + ":publications", UNUSED);
    }

    private static List<String> arguments(String life, List<String> further) {
        var arguments = new ArrayList<String>(2 + further.size());
        arguments.add(Long.toString(ThreadLocalRandom.current().nextLong() >>> 8, Character.MAX_RADIX));
        arguments.add(life);
        arguments.addAll(further);
        return arguments;
    }

    // ---- publishing

    /** Appends items that aren't there yet. */
    static List<FeedId> append(Caller redis, String feed, String life, List<Publication> all) throws IOException {
        var items = new ArrayList<String>(ARGUMENTS_EACH * all.size());
        for (Publication one : all) {
            items.add(one.id().toString());
            items.add(one.event());
            items.add(one.data());
        }
        RedisReply reply = redis.call(APPEND, keys(feed), arguments(life, items));
        var ids = new ArrayList<FeedId>(all.size());
        for (int i = 1; i < reply.size(); i++) {
            ids.add(id(reply.text(0), reply.text(i)));
        }
        return ids;
    }

    /** Removes items that nobody asks for any more. */
    static void trim(Caller redis, String feed, String life, int history) throws IOException {
        redis.call(TRIM, keys(feed), arguments(life, List.of("" + history, "" + KEPT_MILLIS, "" + MOST_TRIMMED)));
    }

    // ---- reading

    /**
     * What was found of a feed.
     *
     * @param last the id of the last item that there was
     */
    record Found(FeedId last, List<StoredItem> items) {
        /** Whether nothing is missing between what is known and this. */
        boolean followsOn(FeedId known) {
            return last.isOfEpochOf(known)
                    && (items.isEmpty()
                            ? last.major() == known.major()
                            : items.get(0).id().major() == known.major() + 1);
        }

        boolean isFull() {
            return items.size() == MOST_READ;
        }
    }

    /**
     * Reads what comes after an item. The feed has a new epoch if that item was lost.
     *
     * @param isNewLife whether it has a new epoch also if it was made in another life of the server
     */
    static Found read(Caller redis, String feed, String life, boolean isNewLife, Optional<FeedId> known)
            throws IOException {
        String epoch = known.map(FeedId::epoch).orElse("");
        String id = known.map(one -> one.major() + "-" + one.minor()).orElse("0-0");
        return found(redis.call(
                READ, keys(feed), arguments(life, List.of(isNewLife ? "1" : "0", epoch, id, "" + MOST_READ))));
    }

    /** Reads the newest items. */
    static Found newest(Caller redis, String feed, String life, int most) throws IOException {
        Found found = found(redis.call(BEGIN, keys(feed), arguments(life, List.of("" + most))));
        var items = new ArrayList<>(found.items());
        Collections.reverse(items);
        return new Found(found.last(), items);
    }

    private static Found found(RedisReply reply) {
        String epoch = reply.text(0);
        RedisReply entries = reply.list(2);
        var items = new ArrayList<StoredItem>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            RedisReply fields = entries.list(i).list(1);
            items.add(new StoredItem(id(epoch, entries.list(i).text(0)), fields.text(EVENT), fields.text(DATA)));
        }
        return new Found(id(epoch, reply.text(1)), items);
    }

    /** An id of Redis, such as {@code 17-1526919030474}. */
    private static FeedId id(String epoch, String text) {
        String[] parts = text.split("-");
        return new FeedId(epoch, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
