package dev.bistro.openapi.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What has changed in schemas. What is sent must not be narrower than before, and what is answered must not be wider:
 * a client sends what was allowed, and can read what was said. Components are compared where they are used, once for
 * each direction, and their names don't matter.
 */
final class SchemaChanges {
    /** Whether clients send or get the values. */
    enum Direction {
        SENT("in requests"),
        ANSWERED("in answers");

        private final String words;

        Direction(String words) {
            this.words = words;
        }
    }

    private static final Set<String> STRUCTURE = Set.of(
            "$ref",
            "allOf",
            "anyOf",
            "oneOf",
            "properties",
            "required",
            "items",
            "additionalProperties",
            "prefixItems",
            "propertyNames",
            "type",
            "default");

    private final References before;
    private final References after;
    private final Changes changes;
    private final Set<List<Object>> compared = new HashSet<>();

    SchemaChanges(References before, References after, Changes changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    /** Compares two schemas of the same place. */
    void compare(Object one, Object other, String where, Direction direction) {
        compare(one, other, new Place(where, "", direction));
    }

    private void compare(Object one, Object other, Place place) {
        String was = References.name(one);
        String is = References.name(other);
        if (was.isEmpty() || is.isEmpty()) {
            values(plain(one, before), plain(other, after), place);
        } else if (compared.add(List.of(was, is, place.direction))) {
            Place component = new Place("schema " + is, " " + place.direction.words, place.direction);
            values(plain(one, before), plain(other, after), component);
        }
    }

    /** What a schema says itself; true is a schema that says nothing. */
    private static Map<String, Object> plain(Object schema, References references) {
        Object resolved = references.resolve(schema);
        if (Boolean.FALSE.equals(resolved)) {
            return Map.of("not", Map.of());
        }
        Map<String, Object> plain = Json.map(resolved);
        List<Object> all = Json.list(plain, "allOf");
        boolean isOnlyReference = all.size() == 1 && plain.keySet().stream().allMatch(SchemaChanges::isWords);
        return isOnlyReference ? plain(all.get(0), references) : plain;
    }

    private static boolean isWords(String keyword) {
        return keyword.equals("allOf") || DocumentWording.KEYWORDS.contains(keyword);
    }

    /** Where something is: {@code schema Item/price in answers}. */
    private record Place(String begin, String end, Direction direction) {
        Place at(String step) {
            return new Place(begin + step, end, direction);
        }

        String where() {
            return begin + end;
        }
    }

    private void narrower(Place place, String what) {
        changes.add(place.where(), what, place.direction == Direction.SENT);
    }

    private void wider(Place place, String what) {
        changes.add(place.where(), what, place.direction == Direction.ANSWERED);
    }

    private void values(Map<String, Object> one, Map<String, Object> other, Place place) {
        if (isUnion(one) || isUnion(other)) {
            choices(one, other, place);
            return;
        }
        if (!types(one, other, place)) {
            return; // of other types, so that nothing else can be compared
        }
        new ConstraintChanges(
                        (narrows, what) -> {
                            if (narrows) {
                                narrower(place, what);
                            } else {
                                wider(place, what);
                            }
                        },
                        what -> changes.breaking(place.where(), what))
                .compare(one, other);
        members(one, other, place);
        nested("items", one, other, place.at("[]"));
        nested("propertyNames", one, other, place.at(", names"));
        elements(one, other, place);
        allOf(one, other, place);
        defaults(one, other, place);
        rest(one, other, place);
    }

    /** What else is said: words, and keywords whose meaning for clients nobody knows here. */
    private void rest(Map<String, Object> one, Map<String, Object> other, Place place) {
        var names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeAll(STRUCTURE);
        names.removeIf(ConstraintChanges::knows);
        for (String name : names) {
            if (!Json.isSame(one.get(name), other.get(name))) {
                boolean isHarmless = DocumentWording.KEYWORDS.contains(name) || name.startsWith("x-");
                changes.add(place.where(), DocumentWording.changed(name, one, other), !isHarmless);
            }
        }
    }

    // ---- types

    /** Whether there is anything in common. */
    private boolean types(Map<String, Object> one, Map<String, Object> other, Place place) {
        Set<String> was = typesOf(one);
        Set<String> is = typesOf(other);
        var gone = new TreeSet<>(was);
        gone.removeIf(type -> is.contains(type) || type.equals("integer") && is.contains("number"));
        var more = new TreeSet<>(is);
        more.removeIf(type -> was.contains(type) || type.equals("integer") && was.contains("number"));
        if (was.isEmpty() || is.isEmpty()) {
            if (!is.isEmpty()) {
                narrower(place, "was anything, and is " + words(is));
            } else if (!was.isEmpty()) {
                wider(place, "was " + words(was) + ", and can be anything");
            }
            return true;
        }
        boolean isNumber = gone.contains("number") && is.contains("integer");
        if (gone.equals(was) && more.equals(is) && !isNumber && !more.equals(Set.of("number"))
                || !gone.isEmpty() && !more.isEmpty() && !isNumber) {
            changes.breaking(place.where(), "was " + words(was) + ", and is " + words(is));
            return false;
        }
        if (!gone.isEmpty()) {
            narrower(place, "was " + words(was) + ", and is only " + words(is));
        }
        if (!more.isEmpty()) {
            wider(place, "was " + words(was) + ", and can be " + words(is));
        }
        return true;
    }

    private static Set<String> typesOf(Map<String, Object> schema) {
        Object type = schema.get("type");
        var types = new TreeSet<String>();
        (type instanceof List<?> several ? several.stream() : Stream.ofNullable(type))
                .forEach(one -> types.add(one.toString()));
        return types;
    }

    private static String words(Set<String> types) {
        Stream<String> nullLast = Stream.concat(
                types.stream().filter(type -> !type.equals("null")),
                types.stream().filter("null"::equals));
        return String.join(" or ", nullLast.map(ValueKeywords::named).toList());
    }

    // ---- alternatives

    private static boolean isUnion(Map<String, Object> schema) {
        return schema.containsKey("anyOf") || schema.containsKey("oneOf");
    }

    private static List<Object> choicesOf(Map<String, Object> schema) {
        return isUnion(schema)
                ? Json.list(schema, schema.containsKey("oneOf") ? "oneOf" : "anyOf")
                : new ArrayList<>(List.of(schema));
    }

    private void choices(Map<String, Object> one, Map<String, Object> other, Place place) {
        List<Object> was = choicesOf(one);
        List<Object> is = choicesOf(other);
        pair(
                was,
                is,
                place,
                (a, b) -> !References.name(a).isEmpty() && References.name(a).equals(References.name(b)));
        pair(was, is, place, (a, b) -> Json.isSame(plain(a, before), plain(b, after)));
        pair(was, is, place, (a, b) -> isAlike(plain(a, before), plain(b, after)));
        was.forEach(gone -> narrower(place, "can't be " + named(gone, before) + " any more"));
        is.forEach(more -> wider(place, "can be " + named(more, after) + " too"));
        if (isUnion(one) && isUnion(other)) {
            rest(one, other, place);
        }
    }

    private interface Likeness {
        boolean of(Object one, Object other);
    }

    /** Compares those that belong together, and takes them out. */
    private void pair(List<Object> was, List<Object> is, Place place, Likeness likeness) {
        for (Object one : List.copyOf(was)) {
            is.stream().filter(other -> likeness.of(one, other)).findFirst().ifPresent(other -> {
                was.remove(one);
                is.remove(other);
                compare(one, other, place);
            });
        }
    }

    /** Whether both are of a type in common, so that one may have become the other. */
    private static boolean isAlike(Map<String, Object> one, Map<String, Object> other) {
        Set<String> common = typesOf(one);
        common.retainAll(typesOf(other));
        return !common.isEmpty();
    }

    private static String named(Object schema, References references) {
        String name = References.name(schema);
        Set<String> types = typesOf(plain(schema, references));
        return !name.isEmpty() ? name : types.isEmpty() ? "another" : words(types);
    }

    // ---- what is in them

    private void members(Map<String, Object> one, Map<String, Object> other, Place place) {
        Map<String, Object> was = Json.map(one, "properties");
        Map<String, Object> is = Json.map(other, "properties");
        List<Object> needed = Json.list(one, "required");
        List<Object> needs = Json.list(other, "required");
        boolean isSent = place.direction == Direction.SENT;
        was.forEach((name, schema) -> {
            Place member = place.at(Json.step(name));
            if (!is.containsKey(name)) {
                changes.breaking(member.where(), "is gone");
                return;
            }
            if (needs.contains(name) && !needed.contains(name)) {
                changes.add(member.where(), isSent ? "is required now" : "is always there now", isSent);
            } else if (needed.contains(name) && !needs.contains(name)) {
                changes.add(member.where(), isSent ? "is optional now" : "may be missing now", !isSent);
            }
            compare(schema, is.get(name), member);
        });
        is.forEach((name, schema) -> {
            if (!was.containsKey(name)) {
                boolean isNeeded = isSent && needs.contains(name);
                changes.add(place.at(Json.step(name)).where(), "is new" + (isNeeded ? ", and required" : ""), isNeeded);
            }
        });
        others(one.get("additionalProperties"), other.get("additionalProperties"), place);
    }

    /** Members that aren't named. An object of answers may always get new ones. */
    private void others(Object was, Object is, Place place) {
        boolean wasOpen = was == null || Boolean.TRUE.equals(was);
        boolean isOpen = is == null || Boolean.TRUE.equals(is);
        if (was instanceof Map && is instanceof Map) {
            compare(was, is, place.at("/*"));
        } else if (!Boolean.FALSE.equals(was) && Boolean.FALSE.equals(is)) {
            narrower(place, "can't have other members any more");
        } else if (Boolean.FALSE.equals(was) && !Boolean.FALSE.equals(is)) {
            changes.harmless(place.where(), "can have other members now");
        } else if (wasOpen && is instanceof Map) {
            narrower(place, "has other members of one schema only now");
        } else if (was instanceof Map && isOpen) {
            wider(place, "has other members of any schema now");
        }
    }

    private void nested(String keyword, Map<String, Object> one, Map<String, Object> other, Place place) {
        Object was = one.get(keyword);
        Object is = other.get(keyword);
        if (was != null && is != null) {
            compare(was, is, place);
        } else if (is != null) {
            narrower(place, "was anything, and has a schema now");
        } else if (was != null) {
            wider(place, "had a schema, and can be anything now");
        }
    }

    private void elements(Map<String, Object> one, Map<String, Object> other, Place place) {
        List<Object> was = Json.list(one, "prefixItems");
        List<Object> is = Json.list(other, "prefixItems");
        for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
            compare(was.get(i), is.get(i), place.at("/" + i));
        }
        if (was.size() != is.size()) {
            changes.breaking(place.where(), "had " + was.size() + " elements with a schema each, and has " + is.size());
        }
    }

    private void allOf(Map<String, Object> one, Map<String, Object> other, Place place) {
        List<Object> was = new ArrayList<>(Json.list(one, "allOf"));
        List<Object> is = new ArrayList<>(Json.list(other, "allOf"));
        pair(
                was,
                is,
                place,
                (a, b) -> !References.name(a).isEmpty() && References.name(a).equals(References.name(b)));
        while (!was.isEmpty() && !is.isEmpty()) {
            compare(was.remove(0), is.remove(0), place);
        }
        was.forEach(gone -> wider(place, "needn't be " + named(gone, before) + " any more"));
        is.forEach(more -> narrower(place, "has to be " + named(more, after) + " too"));
    }

    private void defaults(Map<String, Object> one, Map<String, Object> other, Place place) {
        boolean isSame = one.containsKey("default") == other.containsKey("default")
                && Json.isSame(one.get("default"), other.get("default"));
        if (!isSame) {
            boolean isOther = one.containsKey("default") && other.containsKey("default");
            boolean breaks = isOther && place.direction == Direction.SENT; // who leaves it out means another now
            changes.add(place.where(), DocumentWording.changed("default", one, other), breaks);
        }
    }
}
