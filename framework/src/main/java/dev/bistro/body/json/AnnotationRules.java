package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Header;
import dev.bistro.body.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * How annotations and types decide about properties. Each parameter of a constructor is required, and null is rejected,
 * except for an {@link Optional} and an {@link Object}. {@link DefaultValue} makes a property optional; {@link Header}
 * takes it out of what is written. Constants of an enum are written by label, and read by label or name.
 */
final class AnnotationRules extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** Whether a type has a value of its own for absent properties. */
    static boolean isOptional(Class<?> type) {
        return OPTIONALS.contains(type);
    }

    /** Whether the content of a container may be null: only if it may be anything. */
    static boolean acceptsNullContent(JavaType type) {
        return type.getContentType() != null && type.getContentType().isJavaLangObject();
    }

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return member instanceof AnnotatedParameter
                        && !isOptional(member.getRawType())
                        && !member.hasAnnotation(DefaultValue.class)
                ? Boolean.TRUE
                : super.hasRequiredMarker(config, member);
    }

    /** A component that is sent as a header field isn't sent in the body as well. */
    @Override
    public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
        boolean isHeader = config instanceof SerializationConfig
                && member.getDeclaringClass().isRecord()
                && Arrays.stream(member.getDeclaringClass().getRecordComponents())
                        .anyMatch(component -> component.getName().equals(member.getName())
                                && component.isAnnotationPresent(Header.class));
        return isHeader || super.hasIgnoreMarker(config, member);
    }

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        String[] found = super.findEnumValues(config, type, constants, names);
        for (int i = 0; i < constants.length; i++) {
            if (found[i] == null && !Labels.of(constants[i]).equals(constants[i].name())) {
                found[i] = Labels.of(constants[i]);
            }
        }
        return found;
    }

    @Override
    public void findEnumAliases(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[][] aliases) {
        super.findEnumAliases(config, type, constants, aliases);
        for (int i = 0; i < constants.length; i++) {
            if ((aliases[i] == null || aliases[i].length == 0)
                    && !Labels.of(constants[i]).equals(constants[i].name())) {
                aliases[i] = new String[] {constants[i].name()};
            }
        }
    }

    /** The subtypes that are listed, and the others that a sealed type permits. */
    @Override
    public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        List<NamedType> listed = super.findSubtypes(config, annotated);
        Class<?> type = annotated.getRawType();
        if (!type.isSealed()) {
            return listed;
        }
        var all = new ArrayList<NamedType>(listed == null ? List.of() : listed);
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (all.stream().noneMatch(known -> known.getType() == permitted)) {
                all.add(new NamedType(permitted));
            }
        }
        return all;
    }

    @Override
    public Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
        DefaultValue written = annotated.getAnnotation(DefaultValue.class);
        Object own = super.findDeserializer(config, annotated);
        return written == null || own != null || isOptional(annotated.getType().getRawClass())
                ? own
                : new DefaultingDeserializer(annotated.getType(), written.value());
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        JsonSetter.Value written = super.findSetterInfo(config, annotated);
        if (!(annotated instanceof AnnotatedMember) || !written.equals(JsonSetter.Value.empty())) {
            return written;
        }
        if (annotated.hasAnnotation(DefaultValue.class)) {
            return JsonSetter.Value.forValueNulls(Nulls.DEFAULT, Nulls.FAIL); // see DefaultingDeserializer
        }
        JavaType type = annotated.getType();
        boolean nullable = isOptional(type.getRawClass()) || type.isJavaLangObject();
        return JsonSetter.Value.forValueNulls(
                nullable ? Nulls.SET : Nulls.FAIL, acceptsNullContent(type) ? Nulls.SET : Nulls.FAIL);
    }
}
