package dev.bistro.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest entries, in a ring, each under an index that counts up. Safe for many threads; its lock is held for
 * moments only.
 *
 * <pre>
 *   … gone │ base │ first ......... end │
 *             ▲ the id before the first entry: a client that has read up to here has missed nothing
 * </pre>
 */
final class History<T> {
    private final HistoryEntry<T>[] ring;
    private FeedId base = new FeedId("0", 0, 0); // until the store has called begins
    private long first;
    private long end;
    private FeedPage<T> lastPage;
    private long lastPageFrom;
    private long lastPageEnd;

    /** An entry that was read, if there was one, and the client's place after it. */
    record Step<T>(Optional<HistoryEntry<T>> entry, HistoryPosition position) {}

    /** All entries that there were to read, and the client's place after them. */
    record Part<T>(FeedPage<T> page, HistoryPosition position) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    History(int capacity) {
        this.ring = new HistoryEntry[capacity];
    }

    // ---- writing

    /**
     * Drops all entries; those to come are after this id. Skips an index, so that clients who had read everything get a
     * reset too.
     */
    synchronized void begin(FeedId before) {
        for (long index = first; index < end; index++) {
            ring[slot(index)] = null;
        }
        end++;
        first = end;
        base = before;
    }

    synchronized void add(HistoryEntry<T> entry) {
        if (end - first == ring.length) {
            base = ring[slot(first)].id();
            first++;
        }
        ring[slot(end)] = entry;
        end++;
    }

    synchronized boolean isEmpty() {
        return first == end;
    }

    private int slot(long index) {
        return (int) (index % ring.length);
    }

    // ---- positions

    /** Before the oldest entry. */
    synchronized HistoryPosition start() {
        return new HistoryPosition(first, base, false);
    }

    /** After the newest entry. */
    synchronized HistoryPosition latest() {
        return new HistoryPosition(end, newest(), false);
    }

    private FeedId newest() {
        return end == first ? base : ring[slot(end - 1)].id();
    }

    /** After an id. If that has left the history or is unknown: before the oldest entry, with a reset. */
    synchronized HistoryPosition after(Optional<FeedId> id) {
        return id.filter(known -> known.isOfEpochOf(base) && !base.isAfter(known))
                .map(known -> new HistoryPosition(indexAfter(known), known, false))
                .orElseGet(this::reset);
    }

    private HistoryPosition reset() {
        return new HistoryPosition(first, base, true);
    }

    private long indexAfter(FeedId id) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (ring[slot(middle)].id().isAfter(id)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    // ---- reading

    /** The next entry; none at the end, and none before the client was told of a reset. */
    synchronized Step<T> step(HistoryPosition position) {
        HistoryPosition from = valid(position);
        long index = firstUnknown(from);
        if (from.reset() || index >= end) {
            return new Step<>(Optional.empty(), from);
        }
        HistoryEntry<T> entry = ring[slot(index)];
        return new Step<>(Optional.of(entry), new HistoryPosition(index + 1, entry.id(), false));
    }

    /** All entries to the end. Clients that wait at the same place get the same page. */
    synchronized Part<T> part(HistoryPosition position) {
        HistoryPosition from = valid(position);
        long index = firstUnknown(from);
        if (index >= end) {
            var nothing = new FeedPage<T>(List.of(), from.after().toString(), from.reset());
            return new Part<>(nothing, from.withResetTold());
        }
        return new Part<>(page(index, from.reset()), latest());
    }

    private HistoryPosition valid(HistoryPosition position) {
        return position.index() < first ? reset() : position;
    }

    /**
     * The index of the first entry that the client doesn't know. It may know more than its index says: from another
     * server of the same feed, which was ahead of us.
     */
    private long firstUnknown(HistoryPosition position) {
        long index = position.index();
        while (index < end && !ring[slot(index)].id().isAfter(position.after())) {
            index++;
        }
        return index;
    }

    private FeedPage<T> page(long from, boolean reset) {
        if (reset) {
            return new FeedPage<>(items(from), newest().toString(), true);
        }
        if (lastPage == null || lastPageFrom != from || lastPageEnd != end) {
            lastPage = new FeedPage<>(items(from), newest().toString(), false);
            lastPageFrom = from;
            lastPageEnd = end;
        }
        return lastPage;
    }

    private List<FeedItem<T>> items(long from) {
        var items = new ArrayList<FeedItem<T>>((int) (end - from));
        for (long index = from; index < end; index++) {
            items.add(ring[slot(index)].item());
        }
        return items;
    }
}
