package dev.bistro.controller;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.http.Execution;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Collection;

/** On which thread a handler wants to run: what its method says, or else its class, or else what the engine learns. */
final class Executions {
    private Executions() {}

    static Execution of(Class<?> controller, Method method) {
        Execution own = of(method);
        return own != Execution.ADAPTIVE ? own : of(controller);
    }

    /** On which thread all of these can run one after the other: where one has to wait, none is on the loop. */
    static Execution together(Collection<Execution> all) {
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
