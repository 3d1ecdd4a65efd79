package dev.bistro.benchmarks.server;

import dev.bistro.Bistro;

/** What is measured: the endpoints that HTTP servers are commonly compared by. */
public final class BenchmarkApplication {
    private BenchmarkApplication() {}

    public static void main(String[] args) {
        Bistro.run(BenchmarkApplication.class, args);
    }
}
