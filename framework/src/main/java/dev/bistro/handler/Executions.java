package dev.bistro.handler;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.http.spi.Execution;
import dev.bistro.types.ResolvedMethod;
import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * On which thread a handler wants to run: what its method says, or else its class or the nearest above it that does, or
 * else what the engine learns.
 */
public final class Executions {
    private Executions() {}

    public static Execution of(ResolvedMethod method) {
        return Stream.concat(Stream.of(method.method()), method.hierarchy().all().stream())
                .map(Executions::of)
                .filter(said -> said != Execution.ADAPTIVE)
                .findFirst()
                .orElse(Execution.ADAPTIVE);
    }

    /** On which thread all of these can run one after the other: where one has to wait, none is on the loop. */
    public static Execution together(Collection<Execution> all) {
        if (all.contains(Execution.BLOCKING)) {
            return Execution.BLOCKING;
        }
        return all.contains(Execution.ADAPTIVE) ? Execution.ADAPTIVE : Execution.NON_BLOCKING;
    }

    private static Execution of(AnnotatedElement element) {
        if (element.isAnnotationPresent(Blocking.class)) {
            return Execution.BLOCKING;
        }
        return element.isAnnotationPresent(NonBlocking.class) ? Execution.NON_BLOCKING : Execution.ADAPTIVE;
    }
}
