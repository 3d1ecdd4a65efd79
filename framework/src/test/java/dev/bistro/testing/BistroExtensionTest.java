package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.startup.StartupException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Parameter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/** What a test is told that asks for an object which can't be given. */
class BistroExtensionTest {
    @Route("/ping")
    static class Ping {
        @Get
        String ping() {
            return "pong";
        }
    }

    @Singleton
    static class Broken {
        Broken() {
            throw new IllegalStateException("no disk");
        }
    }

    static class NeedsNobodys {
        @Inject
        NeedsNobodys(Runnable nobodys) {}
    }

    @BistroTest(value = BistroExtensionTest.class, classes = Ping.class)
    static class UsersTest {
        void broken(Broken broken) {}

        void needing(NeedsNobodys needing) {}

        void nobodys(Runnable nobodys) {}
    }

    @BistroTest(value = BistroExtensionTest.class, classes = Ping.class)
    static class WithField {
        @Inject
        Broken broken;
    }

    @BistroTest(value = BistroExtensionTest.class, classes = Ping.class)
    static class WithNobodysField {
        @Inject
        Runnable nobodys;
    }

    private final BistroExtension extension = new BistroExtension();
    private final ExtensionContext context = mock(ExtensionContext.class);
    private final AtomicReference<Object> running = new AtomicReference<>();

    @BeforeEach
    @SuppressWarnings("unchecked")
    void start() {
        ExtensionContext.Store store = mock(ExtensionContext.Store.class);
        when(context.getStore(any())).thenReturn(store);
        doReturn(UsersTest.class).when(context).getRequiredTestClass();
        when(store.get(any(), any(Class.class))).thenAnswer(asked -> running.get());
        doAnswer(put -> {
                    running.set(put.getArgument(1));
                    return null;
                })
                .when(store)
                .put(any(), any());
        extension.beforeAll(context);
    }

    @AfterEach
    void stop() throws Exception {
        ((AutoCloseable) running.get()).close();
    }

    private boolean supports(String method, Class<?> type) throws NoSuchMethodException {
        Parameter parameter = UsersTest.class.getDeclaredMethod(method, type).getParameters()[0];
        ParameterContext asked = mock(ParameterContext.class);
        when(asked.getParameter()).thenReturn(parameter);
        return extension.supportsParameter(asked, context);
    }

    @Test
    void aParameterThatCanNotBeMadeSaysWhy() {
        var fault = assertThrows(StartupException.class, () -> supports("broken", Broken.class));
        assertEquals("no disk", fault.getCause().getMessage());
    }

    @Test
    void aParameterOfWhichSomethingIsMissingSaysWhat() {
        var fault = assertThrows(StartupException.class, () -> supports("needing", NeedsNobodys.class));
        assertEquals("Nothing provides Runnable.", fault.problems().get(0).what());
    }

    @Test
    void aParameterOfSomebodyElsesIsLeftToThem() throws NoSuchMethodException {
        assertFalse(supports("nobodys", Runnable.class));
    }

    @Test
    void aFieldThatCanNotBeMadeSaysWhy() {
        var fault =
                assertThrows(StartupException.class, () -> extension.postProcessTestInstance(new WithField(), context));
        assertEquals("no disk", fault.getCause().getMessage());
        assertThrows(
                ExtensionConfigurationException.class,
                () -> extension.postProcessTestInstance(new WithNobodysField(), context));
    }
}
