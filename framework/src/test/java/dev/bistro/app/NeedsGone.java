package dev.bistro.app;

import dev.bistro.annotation.OnStart;
import jakarta.inject.Singleton;

/** A class that {@code LifecycleTest} loads without what its method takes. A class of its own: as a nested one, its loader would be the wrong one for its host. */
@Singleton
final class NeedsGone {
    static final class Gone {}

    void take(Gone gone) {}

    @OnStart
    void start() {}
}
