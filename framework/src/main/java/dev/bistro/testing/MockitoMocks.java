package dev.bistro.testing;

import java.lang.reflect.Field;
import java.util.Collection;
import org.mockito.Mock;
import org.mockito.Mockito;

/** Makes mocks. The only class that uses Mockito; it is loaded only if a test has a mock. */
final class MockitoMocks {
    private MockitoMocks() {}

    static Object create(Field field) {
        return Mockito.mock(
                field.getType(),
                Mockito.withSettings()
                        .name(field.getName())
                        .defaultAnswer(field.getAnnotation(Mock.class).answer()));
    }

    static void reset(Collection<Object> mocks) {
        Mockito.reset(mocks.toArray());
    }
}
