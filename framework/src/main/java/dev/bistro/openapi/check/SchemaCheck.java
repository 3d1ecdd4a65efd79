package dev.bistro.openapi.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds values against the schemas of a document. It knows the keywords of draft 2020-12 but dynamic references and
 * unevaluated items; a keyword that it doesn't know holds for each value, as the specification says.
 *
 * <p>It is stricter than that specification in two things, since documents are to say all of what is answered: formats
 * have to hold ({@link Formats}), and an object has no member but those that are described, unless its schema says
 * {@code additionalProperties}, or describes none at all.
 *
 * @see <a href="https://json-schema.org/draft/2020-12/json-schema-core#section-10">JSON Schema, section 10</a>
 */
public final class SchemaCheck {
    private static final int MOST_NESTED = 500;

    private final References references;

    /**
     * A place of a value that isn't as the schema says.
     *
     * @param pointer where in the value, as a JSON pointer; empty for the whole
     * @param what what is wrong: {@code is "x", and should be a number}
     */
    public record Fault(String pointer, String what) {
        /** For people: {@code /price is "x", and should be a number}. */
        @Override
        public String toString() {
            return (pointer.isEmpty() ? "the body" : pointer) + " " + what;
        }
    }

    /** What is found at one value, by all schemas that are for it. */
    private static final class Findings {
        final List<Fault> faults = new ArrayList<>();
        final Set<Object> described = new HashSet<>();
        boolean describesMembers;
        boolean hasOthers;

        void add(String at, String what) {
            faults.add(new Fault(at, what));
        }

        void addAll(Findings other) {
            faults.addAll(other.faults);
            described.addAll(other.described);
            describesMembers |= other.describesMembers;
            hasOthers |= other.hasOthers;
        }
    }

    /** Checks by the schemas of this document, and what they refer to. */
    public SchemaCheck(Map<String, Object> document) {
        this.references = new References(document);
    }

    /** What is wrong with a value: plain values, lists, and maps. */
    public List<Fault> faults(Object schema, Object value) {
        return faults(schema, value, "", 0);
    }

    private List<Fault> faults(Object schema, Object value, String at, int depth) {
        var found = new Findings();
        check(schema, value, at, depth + 1, found);
        if (value instanceof Map<?, ?> map && found.describesMembers && !found.hasOthers) {
            for (Object name : map.keySet()) {
                if (!found.described.contains(name)) {
                    found.add(at + Json.step(name), "isn't in the document");
                }
            }
        }
        return found.faults;
    }

    /** Checks by one of the schemas that are for a value. */
    private void check(Object schema, Object value, String at, int depth, Findings found) {
        if (Boolean.FALSE.equals(schema)) {
            found.add(at, "should not be there");
        }
        if (!(schema instanceof Map) || depth > MOST_NESTED) {
            found.hasOthers |= !Boolean.FALSE.equals(schema); // nothing is known
            return;
        }
        Map<String, Object> known = Json.map(schema);
        known.forEach((keyword, wanted) -> {
            if (ValueKeywords.has(keyword)) {
                ValueKeywords.check(keyword, wanted, value)
                        .ifPresent(what -> found.add(at, "is " + Json.shown(value) + ", and should be " + what));
            } else {
                apply(keyword, wanted, known, value, at, depth, found);
            }
        });
        if (value instanceof Map<?, ?> map) {
            members(known, map, at, depth, found);
        } else if (value instanceof List<?> list) {
            elements(known, list, at, depth, found);
        }
    }

    // ---- schemas of the same value

    private void apply(
            String keyword,
            Object wanted,
            Map<String, Object> schema,
            Object value,
            String at,
            int depth,
            Findings found) {
        switch (keyword) {
            case "$ref" -> check(references.resolve(Map.of(keyword, wanted)), value, at, depth + 1, found);
            case "allOf" -> Json.list(schema, keyword).forEach(one -> check(one, value, at, depth + 1, found));
            case "anyOf", "oneOf" -> choose(Json.list(schema, keyword), keyword, value, at, depth, found);
            case "not" -> {
                if (inPlace(wanted, value, at, depth).faults.isEmpty()) {
                    found.add(at, "is " + Json.shown(value) + ", which it should not be");
                }
            }
            case "if" -> {
                Findings condition = inPlace(wanted, value, at, depth);
                boolean holds = condition.faults.isEmpty();
                if (holds) {
                    found.addAll(condition);
                }
                Object then = schema.get(holds ? "then" : "else");
                if (then != null) {
                    check(then, value, at, depth + 1, found);
                }
            }
            default -> {} // for members or elements, or words
        }
    }

    private Findings inPlace(Object schema, Object value, String at, int depth) {
        var found = new Findings();
        check(schema, value, at, depth + 1, found);
        return found;
    }

    /** Adds what those find that fit; where none does, what is wrong with the one that fits best. */
    private void choose(List<Object> choices, String keyword, Object value, String at, int depth, Findings found) {
        List<Findings> all = choices.stream()
                .map(choice -> inPlace(choice, value, at, depth))
                .toList();
        List<Findings> fitting =
                all.stream().filter(one -> one.faults.isEmpty()).toList();
        fitting.forEach(found::addAll);
        if (fitting.isEmpty() && !all.isEmpty()) {
            found.addAll(all.stream()
                    .min(Comparator.comparingLong((Findings one) -> faultsAt(at, one))
                            .thenComparingInt(one -> one.faults.size()))
                    .orElseThrow());
        } else if (fitting.size() > 1 && keyword.equals("oneOf")) {
            found.add(at, "fits " + fitting.size() + " of the schemas of which it should fit one");
        }
    }

    /** How many faults are of the value itself, which is of another type then, and not of what is in it. */
    private static long faultsAt(String at, Findings findings) {
        return findings.faults.stream()
                .filter(fault -> fault.pointer().equals(at))
                .count();
    }

    // ---- members and elements

    private void members(Map<String, Object> schema, Map<?, ?> value, String at, int depth, Findings found) {
        Map<String, Object> properties = Json.map(schema, "properties");
        Map<String, Object> patterns = Json.map(schema, "patternProperties");
        Object others = schema.get("additionalProperties");
        found.describesMembers |= !properties.isEmpty() || Boolean.FALSE.equals(others);
        found.hasOthers |= others != null && !Boolean.FALSE.equals(others) || !patterns.isEmpty();
        value.forEach((name, member) -> {
            String place = at + Json.step(name);
            boolean isDescribed = properties.containsKey(name.toString());
            if (isDescribed) {
                found.described.add(name);
                found.faults.addAll(faults(properties.get(name.toString()), member, place, depth));
            }
            for (Map.Entry<String, Object> pattern : patterns.entrySet()) {
                if (Pattern.compile(pattern.getKey()).matcher(name.toString()).find()) {
                    isDescribed = true;
                    found.faults.addAll(faults(pattern.getValue(), member, place, depth));
                }
            }
            if (!isDescribed && others instanceof Map) {
                found.faults.addAll(faults(others, member, place, depth));
            }
            if (schema.get("propertyNames") instanceof Map<?, ?> names) {
                faults(names, name, place, depth).forEach(fault -> found.add(place, "as a name " + fault.what()));
            }
        });
        require(Json.list(schema, "required"), value, at, found);
        Json.map(schema, "dependentRequired").forEach((name, needed) -> {
            if (value.containsKey(name)) {
                require((List<?>) needed, value, at, found);
            }
        });
    }

    private static void require(List<?> names, Map<?, ?> value, String at, Findings found) {
        for (Object name : names) {
            if (!value.containsKey(name)) {
                found.add(at + Json.step(name), "is missing");
            }
        }
    }

    private void elements(Map<String, Object> schema, List<?> value, String at, int depth, Findings found) {
        List<Object> first = Json.list(schema, "prefixItems");
        Object rest = schema.get("items");
        int fitting = 0;
        for (int i = 0; i < value.size(); i++) {
            String place = at + "/" + i;
            if (i < first.size()) {
                found.faults.addAll(faults(first.get(i), value.get(i), place, depth));
            } else if (rest != null) {
                found.faults.addAll(faults(rest, value.get(i), place, depth));
            }
            boolean isContained = schema.containsKey("contains")
                    && faults(schema.get("contains"), value.get(i), place, depth)
                            .isEmpty();
            fitting += isContained ? 1 : 0;
        }
        if (schema.containsKey("contains")) {
            long least = schema.get("minContains") instanceof Number number ? number.longValue() : 1;
            long most = schema.get("maxContains") instanceof Number number ? number.longValue() : Long.MAX_VALUE;
            if (fitting < least || fitting > most) {
                found.add(at, "has " + fitting + " elements of the kind that it should contain");
            }
        }
    }
}
