package dev.bistro.house;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users of the framework can write against, a line for each type and member: its full name, what it is like, and
 * its type. Types of {@code java.lang} go without their package.
 *
 * <pre>
 * dev.bistro.http.Status  final class
 * Status.OK  static final dev.bistro.http.Status
 * Status.of(int)  static dev.bistro.http.Status
 * </pre>
 */
final class PublicApi {
    private final Set<String> lines = new TreeSet<>();
    private final Set<String> faults = new TreeSet<>();
    private final Set<String> exported;

    private PublicApi(Set<String> exported) {
        this.exported = exported;
    }

    /** The API of a folder of compiled classes: of the packages that its module exports to everyone. */
    static PublicApi of(Path classes) throws IOException, ClassNotFoundException {
        Set<String> exported = exported(classes.resolve("module-info.class"));
        var types = new ArrayList<Class<?>>();
        for (Path file : Sources.files(classes, ".class")) {
            String name = classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
            if (exported.contains(name.replaceFirst("\\.[^.]*$", "")) && !name.endsWith("-info")) {
                types.add(Class.forName(name, false, PublicApi.class.getClassLoader()));
            }
        }
        return of(types, exported);
    }

    static PublicApi of(Collection<Class<?>> types, Set<String> exported) {
        var api = new PublicApi(exported);
        types.stream().filter(api::isOpen).forEach(api::add);
        return api;
    }

    /** The lines in the order of the alphabet. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Lines that mention a type that isn't for users, and which. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private static Set<String> exported(Path moduleInfo) throws IOException {
        try (var in = Files.newInputStream(moduleInfo)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }
    }

    private void add(Class<?> type) {
        line(type.getCanonicalName(), Declarations.of(type), Declarations.superTypes(type));
        members(type).forEach(source -> {
            fields(source)
                    .forEach(field -> line(
                            type.getCanonicalName() + "." + field.getName(),
                            Declarations.of(field),
                            List.of(field.getGenericType())));
            executables(source).forEach(executable -> add(type, executable));
        });
    }

    private void add(Class<?> type, Executable executable) {
        String name = executable instanceof Constructor ? "new" : executable.getName();
        var mentioned = new ArrayList<Type>(List.of(executable.getGenericParameterTypes()));
        mentioned.addAll(List.of(executable.getGenericExceptionTypes()));
        if (executable instanceof Method method) {
            mentioned.add(method.getGenericReturnType());
        }
        line(
                type.getCanonicalName() + "." + name + Declarations.parameters(executable),
                Declarations.of(executable),
                mentioned);
    }

    private void line(String name, String description, List<Type> mentioned) {
        String line = name + "  " + description;
        lines.add(line);
        mentioned.stream()
                .flatMap(TypeNames::classes)
                .filter(type -> !isForUsers(type))
                .map(type -> line + "\n    mentions " + type.getName() + ", which is not for users")
                .forEach(faults::add);
    }

    /** Ours are for users if they are exported; of others, those of Java and of the one module that we pass on. */
    private boolean isForUsers(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || type.getName().startsWith("javax.net.ssl.")
                || type.getName().startsWith("jakarta.inject.")
                || isOpen(type) && exported.contains(type.getPackageName());
    }

    /** Whether code outside the package can name the type. */
    private boolean isOpen(Class<?> type) {
        boolean open = (type.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !type.isSynthetic();
        return open && (type.getEnclosingClass() == null || type.isMemberClass() && isOpen(type.getEnclosingClass()));
    }

    /** The type, and those of its ancestors that can't be named outside, but whose members are its own for users. */
    private Stream<Class<?>> members(Class<?> type) {
        Stream<Class<?>> hidden = Stream.concat(
                        Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(ancestor -> !isOpen(ancestor))
                .flatMap(this::members);
        return Stream.concat(Stream.of(type), hidden);
    }

    private static Stream<Field> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> isOpen(field.getModifiers(), field.isSynthetic()));
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(executable -> isOpen(executable.getModifiers(), executable.isSynthetic()))
                .filter(executable -> !isCommon(executable));
    }

    private static boolean isOpen(int modifiers, boolean synthetic) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !synthetic;
    }

    /** What all objects, or all enums, have. */
    private static boolean isCommon(Executable executable) {
        boolean ofObject = Arrays.stream(Object.class.getMethods())
                .anyMatch(method -> method.getName().equals(executable.getName())
                        && Arrays.equals(method.getParameterTypes(), executable.getParameterTypes()));
        boolean ofEnum = executable.getDeclaringClass().isEnum()
                && Modifier.isStatic(executable.getModifiers())
                && Set.of("values", "valueOf").contains(executable.getName());
        return ofObject || ofEnum;
    }
}
