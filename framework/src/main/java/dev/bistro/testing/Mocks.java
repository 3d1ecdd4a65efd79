package dev.bistro.testing;

import dev.bistro.types.Hierarchy;
import dev.bistro.types.TypeNames;
import jakarta.inject.Qualifier;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The mocks of a test class: one for each field with Mockito's {@code @Mock}, the same in every test. Without such a
 * field, Mockito isn't needed.
 *
 * @param byPlace the mocks, by what they replace in the application
 */
record Mocks(Map<Place, Object> byPlace) {
    private static final String MOCK = "org.mockito.Mock";

    /** What is replaced: a type with its type arguments, and qualifiers. */
    record Place(Type type, List<Annotation> qualifiers) {
        /**
         * The type and qualifiers of a field, with the type variables of superclasses replaced by what the test class
         * gives for them.
         */
        static Place of(Field field, Hierarchy test) {
            return new Place(
                    test.resolve(field.getGenericType()),
                    Stream.of(field.getAnnotations())
                            .filter(one -> one.annotationType().isAnnotationPresent(Qualifier.class))
                            .toList());
        }

        @Override
        public String toString() {
            return qualifiers.stream().map(one -> one + " ").collect(Collectors.joining()) + TypeNames.of(type);
        }
    }

    static Mocks of(Class<?> test) {
        var byPlace = new LinkedHashMap<Place, Object>();
        for (Class<?> outer = test; outer != null; outer = outer.getEnclosingClass()) {
            Hierarchy hierarchy = Hierarchy.of(outer);
            fields(hierarchy).forEach(field -> {
                Place place = Place.of(field, hierarchy);
                if (byPlace.put(place, MockitoMocks.create(field)) != null) {
                    throw new ExtensionConfigurationException(test.getName() + " has two @Mock fields of " + place);
                }
            });
        }
        return new Mocks(byPlace);
    }

    /** The fields with {@code @Mock}, of a class and its superclasses. */
    private static Stream<Field> fields(Hierarchy test) {
        return test.all().stream()
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(Mocks::isMock);
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
        Hierarchy hierarchy = Hierarchy.of(instance.getClass());
        for (Field field : fields(hierarchy).toList()) {
            field.setAccessible(true);
            field.set(instance, byPlace.get(Place.of(field, hierarchy)));
        }
    }

    void reset() {
        if (!byPlace.isEmpty()) {
            MockitoMocks.reset(byPlace.values());
        }
    }
}
