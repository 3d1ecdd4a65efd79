/**
 * Feeds: a bounded, ordered history ({@link dev.bistro.feed.Feed}) that producers publish to and any number of clients follow, each from where it left off. API. How a
 * feed goes out over HTTP (a list, a long poll, server-sent events, lines of JSON) is for the result room to know.
 */
package dev.bistro.feed;
