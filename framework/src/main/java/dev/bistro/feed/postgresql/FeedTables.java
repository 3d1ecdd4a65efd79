package dev.bistro.feed.postgresql;

import dev.bistro.feed.FeedId;
import dev.bistro.feed.store.Publication;
import dev.bistro.feed.store.StoredItem;
import dev.bistro.feed.store.Tail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The tables of feeds, and all that is done with them.
 *
 * <pre>
 *   bistro_feeds        one row for each feed that has had an item: its epoch, and the number of its last item;
 *                       and one without a name, which has the epoch of those that have had none
 *   bistro_feed_items   its items: numbers of one epoch have no gap but at their beginning, where old ones are removed
 * </pre>
 *
 * <p>Publishing changes the feed's row, and so keeps its lock until the commit: numbers are in the order of commits,
 * and who sees a number sees all before it.
 */
final class FeedTables {
    /** The channel on which instances tell each other that there is something new. */
    static final String CHANNEL = "bistro_feeds";

    private static final int MOST_READ = 1_000;

    /** Items are kept so long in any case: longer than a publication is tried, so that each attempt finds the first. */
    private static final String KEPT = "interval '2 minutes'";

    private static final long LOCK = 0x6269_7374_726fL; // "bistro": only one instance makes the tables

    private static final String FEEDS = """
            create table if not exists bistro_feeds (
              name varchar(200) primary key, epoch varchar(40) not null, last bigint not null,
              made_in text not null)""";

    private static final String FEED_ITEMS = """
            create table if not exists bistro_feed_items (
              feed varchar(200) not null, epoch varchar(40) not null, number bigint not null,
              publication uuid not null, event text not null, data text not null,
              at timestamptz not null default clock_timestamp(), primary key (feed, epoch, number))""";

    private static final String PUBLICATIONS =
            "create index if not exists bistro_feed_items_publication on bistro_feed_items (publication)";

    /**
     * What changes where the tables are restored from a backup, or another server takes over: the cluster, its timeline
     * and the table itself.
     */
    private static final String MADE_IN = """
            (select (select system_identifier from pg_control_system()) || '/'
              || (select timeline_id from pg_control_checkpoint()) || '/' || 'bistro_feeds'::regclass::oid)""";

    /** When an item was stored, in milliseconds: it tells the item from one that had its number before and was lost. */
    private static final String MILLIS = "floor(extract(epoch from item.at) * 1000)::bigint";

    private static final String APPEND = """
            with feed as (update bistro_feeds set last = last + ? where name = ? returning epoch, last)
            insert into bistro_feed_items as item (feed, epoch, number, publication, event, data)
              select ?, feed.epoch, feed.last - ? + new.place, new.publication, new.event, new.data
              from feed, unnest(?::uuid[], ?::text[], ?::text[]) with ordinality
                as new (publication, event, data, place)
            returning epoch, number, publication, $millis""".replace("$millis", MILLIS);

    private static final String LAST = """
            select feed.name, feed.epoch, feed.last, coalesce($millis, 0) from bistro_feeds feed
              left join bistro_feed_items item
                on item.feed = feed.name and item.epoch = feed.epoch and item.number = feed.last
              where feed.name = '' or feed.name = any (?)""".replace("$millis", MILLIS);

    private static final String TRIM = "delete from bistro_feed_items where feed = ?" + " and at < clock_timestamp() - "
            + KEPT + " and (epoch <> ? or number <= ?)";

    private static final String ITEMS = """
            select feed.epoch, feed.last, item.number, $millis, item.event, item.data from bistro_feeds feed
              left join bistro_feed_items item on item.feed = feed.name and item.epoch = feed.epoch and item.number > %s
              where feed.name = (select name from bistro_feeds where name in (?, '') order by length(name) desc limit 1)
              order by item.number limit ?""".replace("$millis", MILLIS);

    private static final String RENEW = """
            with renewed as (
              update bistro_feeds set epoch = substr(md5(random()::text || clock_timestamp() || name), 1, 16),
                made_in = $made_in where $where returning name, epoch)
            update bistro_feed_items item set epoch = renewed.epoch
              from renewed where item.feed = renewed.name""";

    private FeedTables() {}

    // ---- the tables

    /** Makes the tables where they aren't there. In a transaction. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            if (!areThere(statement)) {
                for (String made : List.of(FEEDS, FEED_ITEMS, PUBLICATIONS)) {
                    statement.execute(made);
                }
            }
        }
    }

    private static boolean areThere(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('bistro_feed_items') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Gives the feeds new epochs that were made elsewhere: items may have been lost since. */
    static void renewMoved(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(renew("made_in <> " + MADE_IN));
        }
    }

    private static String renew(String where) {
        return RENEW.replace("$where", where).replace("$made_in", MADE_IN);
    }

    /** Gives a feed a new epoch if somebody knows of an item that was lost: its number is free, or another has it. */
    private static void renew(Connection connection, String feed, FeedId known) throws SQLException {
        String isLost = "last < ? or exists (select 1 from bistro_feed_items item where item.feed = name"
                + " and item.epoch = bistro_feeds.epoch and item.number = ? and " + MILLIS + " <> ? and ? <> 0)";
        try (PreparedStatement statement =
                connection.prepareStatement(renew("name = ? and epoch = ? and (" + isLost + ")"))) {
            statement.setString(1, feed);
            statement.setString(2, known.epoch());
            statement.setLong(3, known.major());
            statement.setLong(4, known.major());
            statement.setLong(5, known.minor());
            statement.setLong(6, known.minor());
            statement.executeUpdate();
        }
    }

    /** Whoever asks for a feed makes no row, or clients could make any number of them: only an item does. */
    private static void insert(Connection connection, String feed) throws SQLException {
        insertNameless(connection);
        try (PreparedStatement statement = connection.prepareStatement("insert into bistro_feeds (name, epoch, last,"
                + " made_in) select ?, epoch, 0, made_in from bistro_feeds where name = ''"
                + " on conflict (name) do nothing")) {
            statement.setString(1, feed);
            statement.executeUpdate();
        }
    }

    private static void insertNameless(Connection connection) throws SQLException {
        String epoch = Long.toString(ThreadLocalRandom.current().nextLong() >>> 8, Character.MAX_RADIX);
        try (PreparedStatement statement = connection.prepareStatement("insert into bistro_feeds (name, epoch, last,"
                + " made_in) values ('', ?, 0, " + MADE_IN + ") on conflict (name) do nothing")) {
            statement.setString(1, epoch);
            statement.executeUpdate();
        }
    }

    // ---- publishing

    /** Appends items, and tells the other instances. In a transaction. */
    static List<FeedId> append(Connection connection, String feed, List<Publication> all, boolean isRepeated)
            throws SQLException {
        if (isRepeated) {
            insert(connection, feed); // so that there is a row to lock, if the first attempt is about to insert it
        }
        Map<UUID, FeedId> ids = isRepeated ? findStored(connection, feed, all) : new HashMap<>();
        List<Publication> left =
                all.stream().filter(one -> !ids.containsKey(one.id())).toList();
        if (!left.isEmpty() && !tryAppend(connection, feed, left, ids)) {
            insert(connection, feed);
            tryAppend(connection, feed, left, ids);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("notify " + CHANNEL);
        }
        return all.stream().map(one -> ids.get(one.id())).toList();
    }

    /** Those that an earlier attempt has stored. It may still be going on in the server: the lock waits for its end. */
    private static Map<UUID, FeedId> findStored(Connection connection, String feed, List<Publication> all)
            throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select 1 from bistro_feeds where name = ? for update")) {
            lock.setString(1, feed);
            lock.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement("select epoch, number, publication, " + MILLIS
                + " from bistro_feed_items item where feed = ? and publication = any (?::uuid[])")) {
            statement.setString(1, feed);
            statement.setArray(2, texts(connection, all.stream().map(one -> "" + one.id())));
            return ids(statement);
        }
    }

    /** The ids of stored publications. */
    private static Map<UUID, FeedId> ids(PreparedStatement statement) throws SQLException {
        var ids = new HashMap<UUID, FeedId>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.put(rows.getObject(3, UUID.class), new FeedId(rows.getString(1), rows.getLong(2), rows.getLong(4)));
            }
        }
        return ids;
    }

    private static java.sql.Array texts(Connection connection, java.util.stream.Stream<String> texts)
            throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** Appends them if the feed is there. */
    private static boolean tryAppend(Connection connection, String feed, List<Publication> all, Map<UUID, FeedId> ids)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setLong(1, all.size());
            statement.setString(2, feed);
            statement.setString(3, feed);
            statement.setLong(4, all.size());
            statement.setArray(5, texts(connection, all.stream().map(one -> "" + one.id())));
            statement.setArray(6, texts(connection, all.stream().map(Publication::event)));
            statement.setArray(7, texts(connection, all.stream().map(Publication::data)));
            Map<UUID, FeedId> stored = ids(statement);
            ids.putAll(stored);
            return !stored.isEmpty();
        }
    }

    /** Removes the items that nobody asks for any more. */
    static void trim(Connection connection, String feed, FeedId last, int history) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TRIM)) {
            statement.setString(1, feed);
            statement.setString(2, last.epoch());
            statement.setLong(3, last.major() - history);
            statement.executeUpdate();
        }
    }

    // ---- reading

    /** The last ids of those of the feeds that have had an item; by the name {@code ""} that of all others. */
    static Map<String, FeedId> last(Connection connection, Set<String> feeds) throws SQLException {
        var last = new HashMap<String, FeedId>();
        try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            statement.setArray(1, texts(connection, feeds.stream()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getString(1), new FeedId(rows.getString(2), rows.getLong(3), rows.getLong(4)));
                }
            }
        }
        return last;
    }

    /** What was found of a feed. */
    private record Found(String epoch, long last, List<StoredItem> items) {
        boolean followsOn(FeedId known) {
            return epoch.equals(known.epoch())
                    && (items.isEmpty()
                            ? last == known.major()
                            : items.get(0).id().major() == known.major() + 1);
        }

        /**
         * Without the item that is known already; empty if another one has its number.
         *
         * @param known without the time of the item, if that is not known
         */
        Optional<Found> after(FeedId known) {
            if (items.isEmpty() || items.get(0).id().major() != known.major()) {
                return Optional.of(this);
            }
            return known.minor() == 0 || items.get(0).id().equals(known)
                    ? Optional.of(new Found(epoch, last, items.subList(1, items.size())))
                    : Optional.empty();
        }
    }

    /**
     * Tells a follower what is new; each statement is for itself. The caller holds the tail's lock.
     *
     * @return whether it was told something
     */
    static boolean read(Connection connection, Tail<?> tail) throws SQLException {
        boolean isTold = false;
        while (true) {
            Optional<FeedId> known = tail.known();
            if (known.isEmpty()) {
                begin(connection, tail);
                return true;
            }
            FeedId from = known.get();
            Optional<Found> found = find(connection, tail.feed(), "?", from.major() - 1, MOST_READ + 1)
                    .flatMap(all -> all.after(from));
            if (found.isEmpty() || !found.get().followsOn(from)) {
                if (from.major() > 0) {
                    insert(connection, tail.feed()); // where its row has gone, its numbers must not begin again
                    renew(connection, tail.feed(), from);
                }
                begin(connection, tail);
                return true;
            }
            tail.append(found.get().items());
            isTold |= !found.get().items().isEmpty();
            if (found.get().items().size() < MOST_READ) {
                return isTold;
            }
        }
    }

    private static void begin(Connection connection, Tail<?> tail) throws SQLException {
        Optional<Found> found = find(connection, tail.feed(), "feed.last - ?", tail.history(), Integer.MAX_VALUE);
        while (found.isEmpty()) {
            insertNameless(connection);
            found = find(connection, tail.feed(), "feed.last - ?", tail.history(), Integer.MAX_VALUE);
        }
        Found there = found.get();
        long before = there.items().isEmpty()
                ? there.last()
                : there.items().get(0).id().major() - 1;
        tail.begin(new FeedId(there.epoch(), before, 0), there.items());
    }

    /** Reads items after a place; empty if the tables are. One statement, so that it is of one moment. */
    private static Optional<Found> find(Connection connection, String feed, String after, long number, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(String.format(ITEMS, after))) {
            statement.setLong(1, number);
            statement.setString(2, feed);
            statement.setInt(3, most);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                String epoch = rows.getString(1);
                long last = rows.getLong(2);
                var items = new ArrayList<StoredItem>();
                do {
                    long item = rows.getLong(3);
                    if (!rows.wasNull()) {
                        var id = new FeedId(epoch, item, rows.getLong(4));
                        items.add(new StoredItem(id, rows.getString(5), rows.getString(6)));
                    }
                } while (rows.next());
                return Optional.of(new Found(epoch, last, items));
            }
        }
    }
}
