package dev.bistro.testing;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.Server;
import dev.bistro.startup.StartupException;
import dev.bistro.types.Hierarchy;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
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

/** Starts the application of a {@link BistroTest}, injects its objects into the tests, and stops it. */
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

    /** A nested class has the application of the class around it. */
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
        BistroBuilder application = Bistro.app(annotation.value())
                .classes(annotation.classes())
                .add(annotation.add())
                .without(annotation.without());
        for (String setting : annotation.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ExtensionConfigurationException("@BistroTest(settings = \"" + setting + "\") on "
                        + test.getName() + " is not of the form key=value");
            }
            application.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Mocks mocks = Mocks.of(test);
        mocks.byPlace().forEach((place, mock) -> application.with(place.type(), place.qualifiers(), mock));
        TestClient client = TestClient.start(application);
        return new Running(annotation.openApi() ? client.withOpenApi() : client, mocks);
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        Running running = running(context).orElseThrow();
        running.mocks.setIn(instance);
        Hierarchy test = Hierarchy.of(instance.getClass());
        for (Class<?> type : test.all()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    field.setAccessible(true);
                    field.set(instance, injected(field, test, running));
                }
            }
        }
    }

    private static Object injected(Field field, Hierarchy test, Running running) {
        Type type = test.resolve(field.getGenericType());
        return find(type, List.of(field.getAnnotations()), running.client)
                .orElseThrow(() -> new ExtensionConfigurationException("Nothing in the application provides a "
                        + type.getTypeName() + " for the field \"" + field.getName() + "\" of "
                        + field.getDeclaringClass().getName()));
    }

    private static Optional<Object> find(Type type, List<Annotation> annotations, TestClient client) {
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
            return Optional.of(client.server().get(type, annotations));
        } catch (StartupException e) {
            if (isOfNothing(e)) {
                return Optional.empty();
            }
            throw e; // there is one that could not be made, and why is what the test's author needs
        }
    }

    /**
     * Whether the application has no such object at all, in contrast to one whose own dependencies are missing: only
     * then is what was asked for also the place of the problem.
     */
    private static boolean isOfNothing(StartupException e) {
        return e.problems().stream()
                .allMatch(problem -> problem.id().equals("nothing-provides")
                        && problem.places().stream()
                                .allMatch(place -> problem.what().contains(place.toString())));
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
        Parameter asked = parameter.getParameter();
        Type type = Hierarchy.of(context.getRequiredTestClass()).resolve(asked.getParameterizedType());
        return running(context).flatMap(running -> find(type, List.of(asked.getAnnotations()), running.client));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running(context).ifPresent(running -> running.mocks.reset());
    }
}
