package dev.bistro.index;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the Javadoc of classes says, as far as the annotation processor kept it; nothing of classes that were compiled
 * without it. A class's file is read when something of it is asked for the first time. For use by one thread.
 */
public final class ClassWords {
    private final Map<Class<?>, Map<String, String>> read = new HashMap<>();

    /** Reads nothing yet. */
    public ClassWords() {}

    /** What is said of a class. */
    public Optional<String> of(Class<?> type) {
        return text(type, type.getName());
    }

    /** What is said of a record's component or of a field. */
    public Optional<String> of(Class<?> type, String member) {
        return text(type, WordsFile.member(type.getName(), member));
    }

    /** What is said of a method, or else of one that it overrides. */
    public Optional<String> of(Method method) {
        return keys(method).flatMap(key -> text(key.owner, key.text).stream()).findFirst();
    }

    /** What is said of a method's parameter. */
    public Optional<String> ofParameter(Method method, String name) {
        return keys(method)
                .flatMap(key -> text(key.owner, WordsFile.parameter(key.text, name)).stream())
                .findFirst();
    }

    /** What is said of a method's result. */
    public Optional<String> ofResult(Method method) {
        return keys(method)
                .flatMap(key -> text(key.owner, WordsFile.result(key.text)).stream())
                .findFirst();
    }

    private record MethodKey(Class<?> owner, String text) {}

    private static Stream<MethodKey> keys(Method method) {
        List<String> parameters =
                Stream.of(method.getParameterTypes()).map(ClassWords::name).toList();
        return above(method.getDeclaringClass())
                .map(owner -> new MethodKey(owner, WordsFile.method(owner.getName(), method.getName(), parameters)));
    }

    private static String name(Class<?> type) {
        return type.isArray() ? name(type.getComponentType()) + "[]" : type.getName();
    }

    /** A class and all that it extends and implements, nearest first. */
    private static Stream<Class<?>> above(Class<?> type) {
        Set<Class<?>> above = new LinkedHashSet<>();
        var next = new ArrayList<Class<?>>(List.of(type));
        for (int i = 0; i < next.size(); i++) {
            Class<?> one = next.get(i);
            if (above.add(one)) {
                Optional.ofNullable(one.getSuperclass()).ifPresent(next::add);
                next.addAll(List.of(one.getInterfaces()));
            }
        }
        return above.stream();
    }

    private Optional<String> text(Class<?> type, String key) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        return Optional.ofNullable(read.computeIfAbsent(top, ClassWords::read).get(key));
    }

    private static Map<String, String> read(Class<?> top) {
        try (InputStream in = top.getResourceAsStream("/" + WordsFile.path(top.getName()))) {
            return in == null
                    ? Map.of()
                    : WordsFile.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            return Map.of(); // a description less is no reason to have no document
        }
    }
}
