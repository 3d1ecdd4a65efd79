package dev.bistro.http1;

import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import dev.bistro.net.ExecutionProfile;

/**
 * What is learnt of a target: the head of its answers, and the profiles of it and of the bodies that it answers with.
 * The profiles differ, since a quick handler may return a slow iterator. For any thread.
 */
final class TargetProfiles {
    private final Target.Traits traits;
    private final int loops;
    private final ExecutionProfile answering;
    private final HeadMemory heads = new HeadMemory();
    /** Created on first use, since most targets have no such bodies. */
    private volatile ExecutionProfile producing;

    TargetProfiles(Target.Traits traits, int loops) {
        this.traits = traits;
        this.loops = loops;
        this.answering = create();
    }

    private ExecutionProfile create() {
        return traits.execution() == Execution.ADAPTIVE
                ? ExecutionProfile.adaptive(loops)
                : ExecutionProfile.pinned(traits.name(), traits.execution() == Execution.BLOCKING, loops);
    }

    /** The target's own profile. */
    ExecutionProfile answering() {
        return answering;
    }

    /** The head of its answers. */
    HeadMemory heads() {
        return heads;
    }

    /** The profile of the code that makes its bodies piece by piece. */
    ExecutionProfile producing() {
        if (producing == null) {
            synchronized (this) {
                producing = producing == null ? create() : producing;
            }
        }
        return producing;
    }
}
