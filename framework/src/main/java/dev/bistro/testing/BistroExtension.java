package dev.bistro.testing;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.startup.Place;
import dev.bistro.startup.StartupException;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/** What {@link BistroTest} does. */
final class BistroExtension
        implements BeforeAllCallback, TestInstancePostProcessor, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BistroExtension.class);

    /** The application of a test class, and the mocks in it. */
    private record Running(TestClient client, Mocks mocks) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        if (running(context).isEmpty()) {
            context.getStore(NAMESPACE).put(Running.class, start(test, annotation(test)));
        }
    }

    /** Of a nested class: that of the class around it. */
    private static Optional<Running> running(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Running.class, Running.class));
    }

    private static BistroTest annotation(Class<?> test) {
        for (Class<?> at = test; at != null; at = at.getEnclosingClass()) {
            if (at.isAnnotationPresent(BistroTest.class)) {
                return at.getAnnotation(BistroTest.class);
            }
        }
        throw new ExtensionConfigurationException(test.getName() + " has no @BistroTest");
    }

    private static Running start(Class<?> test, BistroTest annotation) {
        BistroBuilder application = Bistro.app(annotation.value()).classes(annotation.classes());
        for (String setting : annotation.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ExtensionConfigurationException("@BistroTest(settings = \"" + setting + "\") on "
                        + test.getName() + " is not of the form key=value");
            }
            application.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Mocks mocks = Mocks.of(test);
        mocks.byType().forEach((type, mock) -> replace(application, type, mock));
        return new Running(TestClient.start(application), mocks);
    }

    @SuppressWarnings("unchecked") // the mock is of the type
    private static void replace(BistroBuilder application, Class<?> type, Object mock) {
        application.with((Class<Object>) type, mock);
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        Running running = running(context).orElseThrow();
        running.mocks.setIn(instance);
        for (Class<?> type = instance.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    field.setAccessible(true);
                    field.set(instance, injected(field, running));
                }
            }
        }
    }

    private static Object injected(Field field, Running running) {
        return find(field.getType(), running.client)
                .orElseThrow(() -> new ExtensionConfigurationException("Nothing in the application provides a "
                        + field.getType().getName() + " for the field \"" + field.getName() + "\" of "
                        + field.getDeclaringClass().getName()));
    }

    private static Optional<Object> find(Class<?> type, TestClient client) {
        Map<Class<?>, Object> own = Map.of(
                TestClient.class,
                client,
                Server.class,
                client.server(),
                URI.class,
                client.server().uri());
        if (own.containsKey(type)) {
            return Optional.of(own.get(type));
        }
        try {
            return Optional.of(client.server().get(type));
        } catch (StartupException e) {
            if (isOfNothing(e, type)) {
                return Optional.empty();
            }
            throw e; // there is one that could not be made, and why is what the test's author needs
        }
    }

    /** Whether nothing is known of the type itself; what it needs is asked for at another place. */
    private static boolean isOfNothing(StartupException e, Class<?> type) {
        return e.problems().stream()
                .allMatch(problem -> problem.id().equals("nothing-provides")
                        && problem.places().equals(List.of(Place.of(type))));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return find(parameter, context).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return find(parameter, context).orElseThrow();
    }

    private static Optional<Object> find(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return running(context).flatMap(running -> find(type, running.client));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running(context).ifPresent(running -> running.mocks.reset());
    }
}
