package dev.bistro.controller;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.http.Execution;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;

/** On which thread a handler wants to run: what its method says, or else its class, or else what the engine learns. */
final class Executions {
    private Executions() {}

    static Execution of(Class<?> controller, Method method) {
        Execution own = of(method);
        return own != Execution.ADAPTIVE ? own : of(controller);
    }

    private static Execution of(AnnotatedElement element) {
        if (element.isAnnotationPresent(Blocking.class)) {
            return Execution.BLOCKING;
        }
        return element.isAnnotationPresent(NonBlocking.class) ? Execution.NON_BLOCKING : Execution.ADAPTIVE;
    }
}
