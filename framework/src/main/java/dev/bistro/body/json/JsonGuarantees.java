package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * What stays as it is, whatever modules and customizers do: the rest of the framework, and whoever wrote a controller,
 * relies on it. The decision record {@code json.md} says why.
 */
final class JsonGuarantees {
    private JsonGuarantees() {}

    /**
     * Something that would go wrong.
     *
     * @param isBroken whether a mapper does it
     * @param what the harm, as a sentence
     * @param cure what to do
     */
    private record Guarantee(Predicate<JsonMapper> isBroken, String what, String cure) {}

    private static final List<Guarantee> ALL = List.of(
            new Guarantee(
                    JsonGuarantees::hasDefaultTyping,
                    "JSON would choose which class is made of it: default typing is on.",
                    "Don't activate default typing; put @JsonTypeInfo and @JsonSubTypes on the types that need it."),
            new Guarantee(
                    mapper -> Arrays.stream(JsonReadFeature.values())
                            .anyMatch(feature -> mapper.isEnabled(feature) != feature.enabledByDefault()),
                    "Something else than JSON would be read as JSON: a JsonReadFeature is on.",
                    "Take it back; others on the way of a request read such a text in another way, or not at all."),
            new Guarantee(
                    mapper -> !mapper.isEnabled(StreamReadFeature.STRICT_DUPLICATE_DETECTION),
                    "A property twice in an object would be read: StreamReadFeature.STRICT_DUPLICATE_DETECTION is off.",
                    "Leave it on: of two readers, each may take another one of the two (RFC 7493, section 2.3)."),
            new Guarantee(
                    mapper -> mapper.isEnabled(DeserializationFeature.UNWRAP_ROOT_VALUE)
                            || mapper.isEnabled(SerializationFeature.WRAP_ROOT_VALUE),
                    "Bodies would have an object around them that problems must not have: WRAP_ROOT_VALUE is on.",
                    "Take it back; put the value into a record with one component instead."),
            new Guarantee(
                    mapper -> mapper.isEnabled(SerializationFeature.INDENT_OUTPUT),
                    "A value would take several lines, where feeds need one: SerializationFeature.INDENT_OUTPUT is on.",
                    "Take it back; indent where it is read, such as by curl … | jq ."),
            new Guarantee(
                    mapper -> !mapper.isEnabled(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
                            || !mapper.isEnabled(JsonWriteFeature.WRITE_NAN_AS_STRINGS),
                    "What is written would be no JSON: QUOTE_PROPERTY_NAMES or WRITE_NAN_AS_STRINGS is off.",
                    "Leave both on."),
            new Guarantee(
                    mapper -> !mapper.isEnabled(DeserializationFeature.WRAP_EXCEPTIONS),
                    "Errors would not say where they are: DeserializationFeature.WRAP_EXCEPTIONS is off.",
                    "Leave it on."),
            new Guarantee(
                    mapper -> mapper.deserializationConfig().getAnnotationIntrospector().allIntrospectors().stream()
                            .noneMatch(AnnotationRules.class::isInstance),
                    "@DefaultValue, @Label and what is required would be forgotten: others read annotations.",
                    "Add an introspector by a module's insertAnnotationIntrospector or appendAnnotationIntrospector,"
                            + " which keeps those that are there."),
            new Guarantee(
                    mapper -> mapper.registeredModules().stream()
                            .noneMatch(module -> module.getModuleName().equals(JsonMapperFactory.MODULE)),
                    "What Bistro adds to Jackson would be gone: its module was removed.",
                    "Leave removeAllModules out."),
            new Guarantee(
                    JsonGuarantees::mayGiveNull,
                    "Controllers would see nulls that nobody sent: a null or an unfit value counts as a null.",
                    "Take that back; declare an Optional where a value may be missing."));

    private static boolean hasDefaultTyping(JsonMapper mapper) {
        JavaType any = mapper.constructType(Object.class);
        return mapper.deserializationConfig().getDefaultTyper(any) != null
                || mapper.serializationConfig().getDefaultTyper(any) != null;
    }

    private static boolean mayGiveNull(JsonMapper mapper) {
        DeserializationConfig config = mapper.deserializationConfig();
        boolean coerces = Arrays.stream(LogicalType.values())
                .anyMatch(type -> Arrays.stream(CoercionInputShape.values())
                        .anyMatch(shape ->
                                config.findCoercionAction(type, Object.class, shape) == CoercionAction.AsNull));
        return coerces
                || !mapper.isEnabled(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                || mapper.isEnabled(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
                || mapper.isEnabled(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
                || mapper.isEnabled(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                || config.getDefaultNullHandling().getContentNulls() != Nulls.FAIL;
    }

    /** A guarantee that a mapper breaks. */
    record Breach(String what, String cure) {}

    /** Those that a mapper breaks. */
    static List<Breach> broken(JsonMapper mapper) {
        var broken = new ArrayList<Breach>();
        ALL.stream()
                .filter(one -> one.isBroken.test(mapper))
                .forEach(one -> broken.add(new Breach(one.what, one.cure)));
        return broken;
    }
}
