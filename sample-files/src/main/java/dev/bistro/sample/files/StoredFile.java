package dev.bistro.sample.files;

import dev.bistro.http.EntityTag;

/**
 * A file that was uploaded.
 *
 * @param address its path as a link
 * @param isNew whether there was none in its place
 * @param tag names its state
 */
record StoredFile(String address, boolean isNew, EntityTag tag) {}
