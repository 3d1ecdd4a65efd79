package dev.bistro.cluster;

import dev.bistro.Bistro;

/** An instance of the application of which {@link Cluster} runs several: entries in a table, and messages in a feed. */
public final class LedgerApplication {
    private LedgerApplication() {}

    public static void main(String[] args) {
        Bistro.run(LedgerApplication.class, args);
    }
}
