package dev.bistro.openapi.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JavaType;

/**
 * The schemas that others refer to, each made once, also if it refers to itself. A type that looks the same in both
 * directions has one; otherwise that of its input has a name of its own: {@code Item} and {@code ItemInput}.
 */
final class Components {
    private static final String REF = "$ref";
    private static final String ADDRESS = "#/components/schemas/";

    private final Map<Component, Map<String, Object>> made = new HashMap<>();
    private final Map<String, Map<String, Object>> fixed = new TreeMap<>();

    /** A schema that refers to a component, which is made unless it is there. */
    Map<String, Object> refer(Component component, Supplier<Map<String, Object>> make) {
        if (!made.containsKey(component)) {
            made.put(component, Map.of()); // while it is made, it may be referred to
            made.put(component, make.get());
        }
        return Trees.of(REF, component);
    }

    /** A schema that refers to one that is no class of the application's. */
    Map<String, Object> refer(String name, Supplier<Map<String, Object>> make) {
        fixed.computeIfAbsent(name, none -> make.get());
        return Trees.of(REF, ADDRESS + name);
    }

    /** What was made of a component: empty while it is being made. */
    Map<String, Object> body(Component component) {
        return made.getOrDefault(component, Map.of());
    }

    /** The names of all, for now. */
    Named named() {
        Set<Component> merged = merged();
        Map<JavaType, String> names =
                SchemaNames.of(made.keySet().stream().map(Component::type).collect(Collectors.toSet()));
        var named = new HashMap<Component, String>();
        Set<String> taken = new HashSet<>(fixed.keySet());
        made.keySet().stream()
                .sorted(java.util.Comparator.comparing(
                                (Component one) -> one.type().toCanonical())
                        .thenComparing(Component::isUnion)
                        .thenComparing(Component::direction, java.util.Comparator.reverseOrder()))
                .forEach(one -> named.put(one, name(one, names.get(one.type()), merged, named, taken)));
        return new Named(named);
    }

    private String name(
            Component one, String name, Set<Component> merged, Map<Component, String> named, Set<String> taken) {
        if (merged.contains(one) && named.containsKey(one.turned())) {
            return named.get(one.turned());
        }
        boolean isBoth = made.containsKey(new Component(one.type(), one.direction(), !one.isUnion()));
        boolean isOther = one.direction() == Direction.INPUT && made.containsKey(one.turned());
        String full = name + (isBoth && one.isUnion() ? "OrSubtype" : "") + (isOther ? "Input" : "");
        String free = full;
        for (int i = 2; !taken.add(free); i++) {
            free = full + i;
        }
        return free;
    }

    /** Those that look the same in both directions: all that were made for both, less those that turn out to differ. */
    private Set<Component> merged() {
        var same = new HashSet<>(made.keySet());
        same.removeIf(one -> !made.containsKey(one.turned()));
        boolean changed = true;
        while (changed) {
            changed = same.removeIf(
                    one -> !comparable(made.get(one), same).equals(comparable(made.get(one.turned()), same)));
        }
        return same;
    }

    private static Object comparable(Map<String, Object> body, Set<Component> same) {
        return Trees.map(
                body,
                leaf -> leaf instanceof Component one && same.contains(one)
                        ? new Component(one.type(), Direction.OUTPUT, one.isUnion())
                        : leaf);
    }

    /** Components with their names. */
    final class Named {
        private final Map<Component, String> names;

        private Named(Map<Component, String> names) {
            this.names = names;
        }

        /** A tree with the addresses of its components. */
        Object resolve(Object tree) {
            return Trees.map(tree, leaf -> leaf instanceof Component one ? ADDRESS + names.get(one) : leaf);
        }

        /** All by name, sorted. */
        Map<String, Object> all() {
            var all = new TreeMap<String, Object>(fixed);
            var done = new LinkedHashSet<String>();
            names.forEach((one, name) -> {
                if (done.add(name) || one.direction() == Direction.OUTPUT) {
                    all.put(name, resolve(made.get(one)));
                }
            });
            return all;
        }
    }
}
