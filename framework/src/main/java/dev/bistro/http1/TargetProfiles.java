package dev.bistro.http1;

import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.Target;
import dev.bistro.net.ExecutionProfile;

/**
 * What is known of a target's running time, and of that of the bodies which it answers with: they are two, as a quick
 * handler may give a slow iterator. For any thread.
 */
final class TargetProfiles {
    private final Target.Traits traits;
    private final int loops;
    private final ExecutionProfile answering;
    /** Made when it is first asked for, since most targets have no such bodies. */
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

    /** Of the target itself. */
    ExecutionProfile answering() {
        return answering;
    }

    /** Of what its bodies are made by, a piece at a time. */
    ExecutionProfile producing() {
        if (producing == null) {
            synchronized (this) {
                producing = producing == null ? create() : producing;
            }
        }
        return producing;
    }
}
