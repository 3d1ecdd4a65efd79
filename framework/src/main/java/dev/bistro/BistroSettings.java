package dev.bistro;

/**
 * The settings whose keys begin with {@code bistro.}.
 *
 * @param dev whether errors tell the developer more than they may tell others: the routes that were nearly meant, and the cause of a 500
 */
record BistroSettings(boolean dev) {
    static final BistroSettings DEFAULTS = new BistroSettings(false);
}
