package dev.bistro.app;

import dev.bistro.annotation.OnStart;
import jakarta.inject.Singleton;

/**
 * A class that {@code LifecycleTest} loads without the class that its method takes. It isn't nested in the test: a
 * nested class has to have the loader of its host.
 */
@Singleton
final class NeedsMissingClass {
    static final class Gone {}

    void take(Gone gone) {}

    @OnStart
    void start() {}
}
