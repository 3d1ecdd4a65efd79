package dev.bistro.openapi.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Constraints of jakarta.validation as keywords of schemas: {@code @Size(max = 80)} of a text is {@code maxLength: 80}.
 * A constraint that is made of others has theirs. What a schema can't say is left out: it then allows more than the
 * application does. Annotations are read by their names, so that no class of the library is needed.
 *
 * <p>Only values that come in are checked, so that only their schemas have these keywords.
 */
final class ConstraintKeywords {
    private static final String JAKARTA = "jakarta.validation.constraints.";
    private static final String HIBERNATE = "org.hibernate.validator.constraints.";

    /** What Java's regular expressions have and those of ECMAScript don't, or in which they differ. */
    private static final Pattern NOT_PORTABLE =
            Pattern.compile("\\(\\?[^:=!<]|\\\\[QEAZzGhHRXpPN]|&&|[*+?}]\\+|\\[\\[|\\[[^\\]]*\\[");

    private static final Map<String, BiConsumer<Map<String, Object>, Annotation>> KEYWORDS = new LinkedHashMap<>();

    static {
        put("Size", ConstraintKeywords::size);
        put("NotEmpty", (schema, mark) -> atLeast(schema, 1));
        put("NotBlank", (schema, mark) -> {
            atLeast(schema, 1);
            pattern(schema, "\\S");
        });
        put("Min", (schema, mark) -> bound(schema, "minimum", value(mark, "value")));
        put("Max", (schema, mark) -> bound(schema, "maximum", value(mark, "value")));
        put("DecimalMin", (schema, mark) -> decimal(schema, "inimum", "minimum", mark));
        put("DecimalMax", (schema, mark) -> decimal(schema, "aximum", "maximum", mark));
        put("Positive", (schema, mark) -> bound(schema, "exclusiveMinimum", 0));
        put("PositiveOrZero", (schema, mark) -> bound(schema, "minimum", 0));
        put("Negative", (schema, mark) -> bound(schema, "exclusiveMaximum", 0));
        put("NegativeOrZero", (schema, mark) -> bound(schema, "maximum", 0));
        put("Pattern", ConstraintKeywords::pattern);
        put("Email", (schema, mark) -> format(schema, "email"));
        put("AssertTrue", (schema, mark) -> schema.put("const", true));
        put("AssertFalse", (schema, mark) -> schema.put("const", false));
        KEYWORDS.put(HIBERNATE + "Length", ConstraintKeywords::size);
        KEYWORDS.put(HIBERNATE + "Range", (schema, mark) -> {
            bound(schema, "minimum", value(mark, "min"));
            bound(schema, "maximum", value(mark, "max"));
        });
        KEYWORDS.put(HIBERNATE + "URL", (schema, mark) -> format(schema, "uri"));
        KEYWORDS.put(HIBERNATE + "UUID", (schema, mark) -> format(schema, "uuid"));
        KEYWORDS.put(HIBERNATE + "UniqueElements", (schema, mark) -> schema.put("uniqueItems", true));
    }

    private ConstraintKeywords() {}

    private static void put(String name, BiConsumer<Map<String, Object>, Annotation> keywords) {
        KEYWORDS.put(JAKARTA + name, keywords);
    }

    /** A property's schema with the keywords of its constraints. */
    static Map<String, Object> ofProperty(Map<String, Object> schema, Class<?> owner, String property) {
        Map<String, Object> kept = schema;
        for (AnnotatedElement member : SchemaNotes.members(owner, property).toList()) {
            kept = of(kept, List.of(member.getAnnotations()), type(member));
        }
        return kept;
    }

    /** The schema of something that is declared with annotations, with the keywords of its constraints. */
    static Map<String, Object> of(Map<String, Object> schema, List<Annotation> marks, Optional<AnnotatedType> type) {
        var kept = new LinkedHashMap<>(schema);
        Stream.concat(marks.stream(), type.stream().flatMap(known -> Stream.of(known.getAnnotations())))
                .distinct()
                .forEach(mark -> add(kept, mark));
        type.ifPresent(known -> within(kept, known));
        return kept;
    }

    static Optional<AnnotatedType> type(AnnotatedElement element) {
        if (element instanceof Field field) {
            return Optional.of(field.getAnnotatedType());
        }
        if (element instanceof RecordComponent component) {
            return Optional.of(component.getAnnotatedType());
        }
        return element instanceof java.lang.reflect.Parameter parameter
                ? Optional.of(parameter.getAnnotatedType())
                : element instanceof Method method ? Optional.of(method.getAnnotatedReturnType()) : Optional.empty();
    }

    /**
     * The constraints on elements and values: {@code List<@NotBlank String>}. Those on elements of arrays are left out:
     * Java can't tell them from those on the array.
     */
    @SuppressWarnings("unchecked") // schemas are maps
    private static void within(Map<String, Object> schema, AnnotatedType type) {
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            return;
        }
        AnnotatedType[] arguments = parameterized.getAnnotatedActualTypeArguments();
        AnnotatedType last = arguments[arguments.length - 1];
        String held = schema.get("items") instanceof Map ? "items" : "additionalProperties";
        if (schema.get(held) instanceof Map<?, ?> elements) {
            schema.put(held, of((Map<String, Object>) elements, List.of(), Optional.of(last)));
        } else if (arguments.length == 1) {
            schema.putAll(of(schema, List.of(), Optional.of(last))); // an Optional is described as its content
        }
    }

    private static void add(Map<String, Object> schema, Annotation mark) {
        Class<? extends Annotation> kind = mark.annotationType();
        if (attribute(mark, "groups")
                .filter(Class[].class::isInstance)
                .map(groups -> ((Class<?>[]) groups).length > 0)
                .orElse(false)) {
            return; // it isn't always checked
        }
        BiConsumer<Map<String, Object>, Annotation> known = KEYWORDS.get(kind.getName());
        if (known != null) {
            known.accept(schema, mark);
        } else if (isConstraint(kind)) {
            Stream.of(kind.getAnnotations()).forEach(part -> add(schema, part));
        } else if (attribute(mark, "value").orElse(null) instanceof Annotation[] several && isList(kind)) {
            Stream.of(several).forEach(one -> add(schema, one));
        }
    }

    private static boolean isConstraint(Class<? extends Annotation> kind) {
        List<String> marks = Stream.of(kind.getAnnotations())
                .map(mark -> mark.annotationType().getName())
                .toList();
        return marks.contains("jakarta.validation.Constraint") && !marks.contains(HIBERNATE + "ConstraintComposition");
    }

    private static boolean isList(Class<? extends Annotation> kind) {
        return kind.getSimpleName().equals("List") && kind.getEnclosingClass() != null;
    }

    // ---- keywords

    private static void size(Map<String, Object> schema, Annotation mark) {
        int min = (Integer) value(mark, "min");
        int max = (Integer) value(mark, "max");
        if (min > 0) {
            atLeast(schema, min);
        }
        if (max < Integer.MAX_VALUE) {
            length(schema, "max").ifPresent(keyword -> schema.merge(keyword, max, ConstraintKeywords::lesser));
        }
    }

    private static void atLeast(Map<String, Object> schema, int min) {
        length(schema, "min").ifPresent(keyword -> schema.merge(keyword, min, ConstraintKeywords::greater));
    }

    private static Object greater(Object one, Object other) {
        return decimal(one).compareTo(decimal(other)) >= 0 ? one : other;
    }

    private static Object lesser(Object one, Object other) {
        return decimal(one).compareTo(decimal(other)) <= 0 ? one : other;
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private static Optional<String> length(Map<String, Object> schema, String bound) {
        return Trees.isOf("string", schema)
                ? Optional.of(bound + "Length")
                : Trees.isOf("array", schema)
                        ? Optional.of(bound + "Items")
                        : Trees.isOf("object", schema) ? Optional.of(bound + "Properties") : Optional.empty();
    }

    private static void bound(Map<String, Object> schema, String keyword, Object bound) {
        if (Trees.isOf("integer", schema) || Trees.isOf("number", schema)) {
            boolean isLower = keyword.endsWith("inimum");
            schema.merge(keyword, bound, isLower ? ConstraintKeywords::greater : ConstraintKeywords::lesser);
        }
    }

    private static void decimal(Map<String, Object> schema, String exclusive, String inclusive, Annotation mark) {
        boolean isInclusive = (Boolean) value(mark, "inclusive");
        String keyword = isInclusive ? inclusive : "exclusiveM" + exclusive;
        bound(schema, keyword, new BigDecimal((String) value(mark, "value")));
    }

    private static void format(Map<String, Object> schema, String format) {
        if (Trees.isOf("string", schema)) {
            schema.put("format", format);
        }
    }

    private static void pattern(Map<String, Object> schema, Annotation mark) {
        String regex = (String) value(mark, "regexp");
        boolean hasFlags = value(mark, "flags") instanceof Object[] flags && flags.length > 0;
        if (!hasFlags && !NOT_PORTABLE.matcher(regex).find()) {
            pattern(schema, "^(?:" + regex + ")$");
        }
    }

    /** Adds a pattern; with another one, both have to match. */
    private static void pattern(Map<String, Object> schema, String regex) {
        if (!Trees.isOf("string", schema)) {
            return;
        }
        Object before = schema.putIfAbsent("pattern", regex);
        if (before != null && !before.equals(regex)) {
            var all = new ArrayList<Object>(schema.get("allOf") instanceof List<?> some ? some : List.of());
            if (!all.contains(Trees.of("pattern", regex))) {
                all.add(Trees.of("pattern", regex));
            }
            schema.put("allOf", all);
        }
    }

    // ---- attributes

    private static Object value(Annotation mark, String name) {
        return attribute(mark, name)
                .orElseThrow(() -> new IllegalStateException(mark.annotationType() + " has no " + name));
    }

    private static Optional<Object> attribute(Annotation mark, String name) {
        try {
            return Optional.of(mark.annotationType().getMethod(name).invoke(mark));
        } catch (ReflectiveOperationException none) {
            return Optional.empty();
        }
    }
}
