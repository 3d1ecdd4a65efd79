package dev.bistro.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.http.spi.Execution;
import dev.bistro.types.ResolvedMethod;
import org.junit.jupiter.api.Test;

/** On which thread a method runs: as its annotation says, or that of the nearest class. */
class ExecutionsTest {
    interface Listed {
        default void list() {}
    }

    abstract static class Plain implements Listed {
        void plain() {}

        @NonBlocking
        void quick() {}
    }

    @Blocking
    static class Waiting extends Plain {}

    @NonBlocking
    abstract static class Quick extends Plain {}

    static class BelowQuick extends Quick {}

    @Blocking
    static class WaitingBelowQuick extends Quick {}

    static class Silent extends Plain {}

    private static Execution of(Class<?> controller, Class<?> declaring, String method) throws Exception {
        return Executions.of(ResolvedMethod.of(controller, declaring.getDeclaredMethod(method)));
    }

    @Test
    void theConcreteClassSaysItForInheritedMethods() throws Exception {
        assertEquals(Execution.BLOCKING, of(Waiting.class, Plain.class, "plain"));
        assertEquals(Execution.BLOCKING, of(Waiting.class, Listed.class, "list"));
        assertEquals(Execution.ADAPTIVE, of(Silent.class, Plain.class, "plain"));
    }

    @Test
    void theNearestThatSaysItCounts() throws Exception {
        assertEquals(Execution.NON_BLOCKING, of(Waiting.class, Plain.class, "quick"));
        assertEquals(Execution.NON_BLOCKING, of(BelowQuick.class, Plain.class, "plain"));
        assertEquals(Execution.BLOCKING, of(WaitingBelowQuick.class, Plain.class, "plain"));
    }
}
