package dev.bistro.validation;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What values consist of: the components of records, the fields of other classes, and the elements of lists, maps,
 * arrays and optionals. Constraints are looked for in all of these; at startup, by the types.
 */
final class ValueParts {
    private ValueParts() {}

    /** A part of the values of a class. */
    interface Part {
        String name();

        Type type();

        /** The part of this value; null if it has none. */
        Object of(Object value);
    }

    /** The parts of a class that can be read; none for the JDK's classes. */
    static List<Part> of(Class<?> type) {
        if (isLeaf(type)) {
            return List.of();
        }
        return type.isRecord()
                ? Stream.of(type.getRecordComponents())
                        .filter(component -> isAccessible(component.getAccessor()))
                        .<Part>map(ComponentPart::new)
                        .toList()
                : fields(type);
    }

    /** Whether a record's components can't be read, since its module doesn't open the package. */
    static boolean isInaccessible(Class<?> type) {
        return type.isRecord()
                && !isLeaf(type)
                && Stream.of(type.getRecordComponents()).anyMatch(component -> !isAccessible(component.getAccessor()));
    }

    private static List<Part> fields(Class<?> type) {
        var parts = new ArrayList<Part>();
        for (Class<?> above = type; above != null && !isLeaf(above); above = above.getSuperclass()) {
            Stream.of(above.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                    .filter(ValueParts::isAccessible)
                    .map(FieldPart::new)
                    .forEach(parts::add);
        }
        return parts;
    }

    private static boolean isAccessible(AccessibleObject member) {
        try {
            member.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException closed) {
            return false;
        }
    }

    /** Whether values of a class have no parts to look at: they are the JDK's, enums or arrays. */
    static boolean isLeaf(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || type.isArray()
                || type.getName().startsWith("java.")
                || type.getName().startsWith("javax.");
    }

    /**
     * Whether a value of a type, or any part of it, may be of a class for which the test is true.
     *
     * @param isOpen the answer where the type alone doesn't tell the class, as for an interface
     */
    static boolean mayHold(Type type, Predicate<Class<?>> test, boolean isOpen) {
        return mayHold(type, test, isOpen, new HashSet<>());
    }

    /** Shows all classes that a type names, for itself or its parts. */
    static void visit(Type type, Consumer<Class<?>> visitor) {
        mayHold(
                type,
                held -> {
                    visitor.accept(held);
                    return false;
                },
                false);
    }

    private static boolean mayHold(Type type, Predicate<Class<?>> test, boolean isOpen, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (type instanceof Class<?> raw) {
            return mayHold(raw, test, isOpen, seen);
        }
        if (type instanceof ParameterizedType parameterized) {
            return Stream.of(parameterized.getActualTypeArguments())
                            .anyMatch(argument -> mayHold(argument, test, isOpen, seen))
                    || mayHold(parameterized.getRawType(), test, isOpen, seen);
        }
        if (type instanceof GenericArrayType array) {
            return mayHold(array.getGenericComponentType(), test, isOpen, seen);
        }
        if (type instanceof TypeVariable && isOpen) {
            return true;
        }
        Type[] bounds = type instanceof WildcardType wildcard
                ? wildcard.getUpperBounds()
                : ((TypeVariable<?>) type).getBounds();
        return Stream.of(bounds).anyMatch(bound -> mayHold(bound, test, isOpen, seen));
    }

    private static boolean mayHold(Class<?> type, Predicate<Class<?>> test, boolean isOpen, Set<Type> seen) {
        if (type.isArray()) {
            return mayHold(type.getComponentType(), test, isOpen, seen);
        }
        if (isLeaf(type)) {
            return false;
        }
        if (test.test(type)) {
            return true;
        }
        if (type.isSealed()) {
            return Stream.of(type.getPermittedSubclasses())
                    .anyMatch(permitted -> mayHold(permitted, test, isOpen, seen));
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return isOpen;
        }
        return of(type).stream().anyMatch(part -> mayHold(part.type(), test, isOpen && type.isRecord(), seen));
    }

    private record ComponentPart(String name, Type type, Method accessor) implements Part {
        ComponentPart(RecordComponent component) {
            this(component.getName(), component.getGenericType(), component.getAccessor());
        }

        @Override
        public Object of(Object value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The accessor of a component failed: " + accessor, e);
            }
        }
    }

    private record FieldPart(String name, Type type, Field field) implements Part {
        FieldPart(Field field) {
            this(field.getName(), field.getGenericType(), field);
        }

        @Override
        public Object of(Object value) {
            try {
                return field.get(value);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("It was made accessible: " + field, e);
            }
        }
    }
}
