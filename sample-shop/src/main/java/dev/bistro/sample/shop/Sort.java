package dev.bistro.sample.shop;

import dev.bistro.annotation.Label;

/** An order of products. Products that are equal in it are in the order in which they were added. */
enum Sort {
    @Label("added")
    ADDED(SortKey.ID, false, "Oldest first"),

    @Label("-added")
    LAST_ADDED(SortKey.ID, true, "Newest first"),

    @Label("name")
    NAME(SortKey.NAME, false, "By name"),

    @Label("-name")
    LAST_NAME(SortKey.NAME, true, "By name, from Z"),

    @Label("price")
    CHEAPEST(SortKey.PRICE, false, "Cheapest first"),

    @Label("-price")
    DEAREST(SortKey.PRICE, true, "Dearest first");

    private final SortKey key;
    private final boolean isDescending;
    private final String title;

    Sort(SortKey key, boolean isDescending, String title) {
        this.key = key;
        this.isDescending = isDescending;
        this.title = title;
    }

    /** What products are compared by. */
    SortKey key() {
        return key;
    }

    /** From the last to the first. */
    boolean isDescending() {
        return isDescending;
    }

    /** How it is written in a query string: a minus turns an order around. */
    String label() {
        return (isDescending ? "-" : "") + key.label();
    }

    /** How it is called on the page. */
    String title() {
        return title;
    }
}
