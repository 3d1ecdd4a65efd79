package dev.bistro.index.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * The member by which the records of a sealed type are told apart in JSON, if Jackson's annotations say it plainly:
 * {@code @JsonTypeInfo(use = NAME, property = "type")} and a name for each in {@code @JsonSubTypes}.
 *
 * @param property the member's name
 * @param name what it has for this record
 */
record Discriminator(String property, String name) {
    private static final String TYPE_INFO = "com.fasterxml.jackson.annotation.JsonTypeInfo";
    private static final String SUB_TYPES = "com.fasterxml.jackson.annotation.JsonSubTypes";

    /**
     * The one of a record; empty if there is none, or another kind.
     *
     * @param above the record with all that it implements
     */
    static Optional<Discriminator> of(TypeElement record, Stream<TypeElement> above, Types types) {
        List<TypeElement> bases =
                above.filter(one -> values(one, TYPE_INFO).isPresent()).toList();
        if (bases.size() != 1 || !bases.get(0).getModifiers().contains(Modifier.SEALED)) {
            return Optional.empty();
        }
        Map<String, AnnotationValue> info = values(bases.get(0), TYPE_INFO).orElseThrow();
        boolean isPlain = info.keySet().equals(Set.of("use", "property"))
                && info.get("use").getValue().toString().equals("NAME");
        Map<String, AnnotationValue> listed = values(bases.get(0), SUB_TYPES).orElse(Map.of());
        if (!isPlain || !listed.keySet().equals(Set.of("value"))) {
            return Optional.empty();
        }
        List<String> names = ((List<?>) listed.get("value").getValue())
                .stream()
                        .map(one -> values((AnnotationMirror) ((AnnotationValue) one).getValue()))
                        .filter(one ->
                                types.isSameType((TypeMirror) one.get("value").getValue(), record.asType()))
                        .map(one -> one.keySet().equals(Set.of("value", "name"))
                                ? one.get("name").getValue().toString()
                                : "")
                        .toList();
        String property = info.get("property").getValue().toString();
        boolean isTaken = record.getRecordComponents().stream()
                .anyMatch(component -> component.getSimpleName().contentEquals(property));
        return names.size() == 1 && isSimple(names.get(0)) && isSimple(property) && !isTaken
                ? Optional.of(new Discriminator(property, names.get(0)))
                : Optional.empty();
    }

    /** Whether an annotation is one of those that say it. */
    static boolean isPart(TypeElement annotation) {
        return Set.of(TYPE_INFO, SUB_TYPES)
                .contains(annotation.getQualifiedName().toString());
    }

    private static boolean isSimple(String text) {
        return text.matches("[\\w.@-]+");
    }

    private static Optional<Map<String, AnnotationValue>> values(TypeElement type, String annotation) {
        return type.getAnnotationMirrors().stream()
                .filter(one -> ((TypeElement) one.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(annotation))
                .findFirst()
                .map(Discriminator::values);
    }

    private static Map<String, AnnotationValue> values(AnnotationMirror annotation) {
        var values = new HashMap<String, AnnotationValue>();
        annotation
                .getElementValues()
                .forEach((member, value) -> values.put(member.getSimpleName().toString(), value));
        return values;
    }

    /** The beginning of the JSON: {@code {"type":"card"}. */
    String start() {
        return "{\"" + property + "\":\"" + name + "\"";
    }
}
