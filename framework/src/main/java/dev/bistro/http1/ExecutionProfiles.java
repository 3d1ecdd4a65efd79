package dev.bistro.http1;

import dev.bistro.http.spi.Target;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The profiles of each target. The map is made at startup and never changed. */
final class ExecutionProfiles {
    private final Map<Target, TargetProfiles> byTarget = new IdentityHashMap<>();

    ExecutionProfiles(List<Target> targets, int loops) {
        for (Target target : targets) {
            byTarget.put(target, new TargetProfiles(target.traits(), loops));
        }
    }

    TargetProfiles of(Target target) {
        TargetProfiles profiles = byTarget.get(target);
        if (profiles == null) {
            throw new IllegalStateException("Not among the application's targets: " + target);
        }
        return profiles;
    }
}
