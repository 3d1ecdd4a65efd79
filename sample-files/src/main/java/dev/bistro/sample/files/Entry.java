package dev.bistro.sample.files;

import java.time.Instant;

/**
 * A file or directory in a listing.
 *
 * @param size in bytes; 0 for a directory
 */
record Entry(String name, boolean directory, long size, Instant modified) {}
