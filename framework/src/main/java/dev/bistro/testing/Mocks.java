package dev.bistro.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The mocks of a test class: one for each field with Mockito's {@code @Mock}, the same in every test. Without Mockito there are none, and it isn't looked for.
 *
 * @param byType the mocks by what they take the place of
 */
record Mocks(Map<Class<?>, Object> byType) {
    private static final String MOCK = "org.mockito.Mock";

    static Mocks of(Class<?> test) {
        var byType = new LinkedHashMap<Class<?>, Object>();
        for (Class<?> outer = test; outer != null; outer = outer.getEnclosingClass()) {
            for (Class<?> type = outer; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (isMock(field) && byType.put(field.getType(), MockitoMocks.create(field)) != null) {
                        throw new ExtensionConfigurationException(test.getName() + " has two @Mock fields of "
                                + field.getType().getName());
                    }
                }
            }
        }
        return new Mocks(byType);
    }

    private static boolean isMock(Field field) {
        for (Annotation annotation : field.getAnnotations()) {
            if (annotation.annotationType().getName().equals(MOCK)) {
                return true;
            }
        }
        return false;
    }

    void setIn(Object instance) throws IllegalAccessException {
        for (Class<?> type = instance.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (isMock(field)) {
                    field.setAccessible(true);
                    field.set(instance, byType.get(field.getType()));
                }
            }
        }
    }

    void reset() {
        if (!byType.isEmpty()) {
            MockitoMocks.reset(byType.values());
        }
    }
}
