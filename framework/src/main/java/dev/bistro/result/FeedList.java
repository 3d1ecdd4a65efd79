package dev.bistro.result;

import java.util.List;

/** A page of a feed whose items look other than usual. */
record FeedList(List<?> items, String next, boolean reset) {}
