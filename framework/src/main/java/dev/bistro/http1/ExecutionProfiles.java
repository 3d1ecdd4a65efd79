package dev.bistro.http1;

import dev.bistro.http.Execution;
import dev.bistro.http.Target;
import dev.bistro.net.ExecutionProfile;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What is known of each target's running time. The map is made at startup and never changed. */
final class ExecutionProfiles {
    private final Map<Target, ExecutionProfile> byTarget = new IdentityHashMap<>();

    ExecutionProfiles(List<Target> targets, int loops) {
        for (Target target : targets) {
            byTarget.put(target, profile(target.execution(), loops));
        }
    }

    private static ExecutionProfile profile(Execution execution, int loops) {
        return execution == Execution.ADAPTIVE
                ? ExecutionProfile.adaptive(loops)
                : ExecutionProfile.pinned(execution == Execution.BLOCKING, loops);
    }

    ExecutionProfile of(Target target) {
        ExecutionProfile profile = byTarget.get(target);
        if (profile == null) {
            throw new IllegalStateException("Not among the application's targets: " + target);
        }
        return profile;
    }
}
