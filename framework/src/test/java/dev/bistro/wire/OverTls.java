package dev.bistro.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has the tests of a class, and those that it inherits, speak TLS of this version wherever {@link EngineServer} and
 * {@link RawClient} meet.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OverTls.Mode.class)
@interface OverTls {
    String value();

    /** Sets the version before the class starts a server, and takes it back after its last test. */
    final class Mode implements BeforeAllCallback, AfterAllCallback, ExecutionCondition {
        private String before;

        @Override
        public void beforeAll(ExtensionContext context) {
            before = TlsMode.speak(
                    context.getRequiredTestClass().getAnnotation(OverTls.class).value());
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean isLeftOut = context.getTestMethod()
                    .filter(method -> method.isAnnotationPresent(NotOverTls.class))
                    .isPresent();
            return isLeftOut
                    ? ConditionEvaluationResult.disabled("it would take too long over TLS")
                    : ConditionEvaluationResult.enabled("");
        }

        @Override
        public void afterAll(ExtensionContext context) {
            TlsMode.speak(before);
        }
    }
}
