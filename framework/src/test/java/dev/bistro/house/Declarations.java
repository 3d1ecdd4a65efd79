package dev.bistro.house;

import java.lang.annotation.Target;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What types and members are like, in the words of the language: {@code static <T> dev.bistro.http.Response<T>}. */
final class Declarations {
    private Declarations() {}

    static String of(Field field) {
        return modifiers(field.getModifiers()) + TypeNames.name(field.getGenericType());
    }

    static String of(Executable executable) {
        String result = executable instanceof Method method
                ? (method.isDefault() ? "default " : "")
                        + TypeNames.name(method.getGenericReturnType())
                        + defaultValue(method)
                : "constructor";
        String variables = variables(executable.getTypeParameters());
        return modifiers(executable.getModifiers())
                + (variables.isEmpty() ? "" : variables + " ")
                + result
                + listed(" throws ", executable.getGenericExceptionTypes());
    }

    static String parameters(Executable executable) {
        return names(executable.getGenericParameterTypes(), "(", ")");
    }

    static String of(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation" + targets(type)
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int modifiers = type.getModifiers() & ~Modifier.STATIC & (type.isInterface() ? ~Modifier.ABSTRACT : ~0);
        String start =
                type.isEnum() || type.isRecord() ? "" : modifiers(modifiers) + (type.isSealed() ? "sealed " : "");
        return start
                + kind
                + variables(type.getTypeParameters())
                + listed(" extends ", superTypes(type).toArray(Type[]::new));
    }

    private static String targets(Class<?> annotation) {
        return Optional.ofNullable(annotation.getAnnotation(Target.class))
                .map(target -> Arrays.stream(target.value())
                        .map(Enum::name)
                        .sorted()
                        .collect(Collectors.joining(", ", " on ", "")))
                .orElse("");
    }

    /** The ancestors that users can see, but for those that each type of its kind has. */
    static List<Type> superTypes(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .filter(ancestor -> !Set.of("java.lang.Object", "java.lang.Record", "java.lang.annotation.Annotation")
                        .contains(ancestor.getTypeName()))
                .filter(ancestor -> !ancestor.getTypeName().startsWith("java.lang.Enum<"))
                .filter(ancestor -> Modifier.isPublic(TypeNames.raw(ancestor).getModifiers()))
                .toList();
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable
                                + listed(" extends ", variable.getBounds()).replace(" extends Object", ""))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String defaultValue(Method method) {
        Object value = method.getDefaultValue();
        return value == null
                ? ""
                : " = " + Arrays.deepToString(new Object[] {value}).replaceAll("^\\[|]$", "");
    }

    private static String listed(String prefix, Type[] types) {
        return types.length == 0 ? "" : names(types, prefix, "");
    }

    private static String names(Type[] types, String prefix, String suffix) {
        return Arrays.stream(types).map(TypeNames::name).collect(Collectors.joining(", ", prefix, suffix));
    }
}
