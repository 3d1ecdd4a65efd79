package dev.bistro.openapi.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JavaType;

/**
 * Names of components: {@code Item}, {@code PageOfItem} for {@code Page<Item>}, {@code MapOfStringAndItem}. Of two
 * classes with one simple name, both get the names of what they are in before it: {@code ShopItem},
 * {@code StockItem}.
 */
final class SchemaNames {
    private SchemaNames() {}

    /** The name of each type, in an order that doesn't depend on how they were found. */
    static Map<JavaType, String> of(Collection<JavaType> types) {
        var names = new HashMap<JavaType, String>();
        types.forEach(type -> names.put(type, name(type, 0)));
        int deepest =
                types.stream().mapToInt(type -> qualifiers(type).size()).max().orElse(0);
        for (int depth = 1; depth <= deepest; depth++) {
            for (JavaType type : clashing(names)) {
                names.put(type, name(type, depth));
            }
        }
        return names;
    }

    private static Set<JavaType> clashing(Map<JavaType, String> names) {
        var byName = new HashMap<String, List<JavaType>>();
        names.forEach((type, name) ->
                byName.computeIfAbsent(name, none -> new ArrayList<>()).add(type));
        var clashing = new HashSet<JavaType>();
        byName.values().stream().filter(same -> same.size() > 1).forEach(clashing::addAll);
        return clashing;
    }

    private static String name(JavaType type, int depth) {
        var name = new StringBuilder();
        List<String> qualifiers = qualifiers(type);
        for (int i = Math.min(depth, qualifiers.size()) - 1; i >= 0; i--) {
            name.append(capitalized(qualifiers.get(i)));
        }
        name.append(
                capitalized(type.isArrayType() ? "Array" : type.getRawClass().getSimpleName()));
        List<JavaType> arguments = type.isArrayType()
                ? List.of(type.getContentType())
                : type.getBindings().getTypeParameters();
        for (int i = 0; i < arguments.size(); i++) {
            name.append(i == 0 ? "Of" : "And").append(name(arguments.get(i), depth));
        }
        return name.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** What a class is in, nearest first: classes, and then the segments of the package. */
    private static List<String> qualifiers(JavaType type) {
        var qualifiers = new ArrayList<String>();
        Class<?> raw = type.getRawClass();
        for (Class<?> outer = raw.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            qualifiers.add(outer.getSimpleName());
        }
        String[] segments = raw.getPackageName().split("\\.");
        for (int i = segments.length - 1; i >= 0; i--) {
            qualifiers.add(segments[i]);
        }
        return qualifiers;
    }

    private static String capitalized(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }
}
