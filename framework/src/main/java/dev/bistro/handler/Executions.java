package dev.bistro.handler;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.http.spi.Execution;
import dev.bistro.types.ResolvedMethod;
import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * On which thread a method is to run: as its annotation says, or else that of its class or of the nearest type above.
 * Without any, it is adaptive: the engine learns it.
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

    /** The execution of several that run one after the other: if one blocks, all run on their own thread. */
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
