package dev.bistro.openapi.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.annotation.DefaultValue;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.util.NameTransformer;

/** The schema of an object by the properties that its deserializer reads. */
final class ReadProperties {
    private final ReadSchemas schemas;
    private final DeserializationContext context;
    private final JavaType type;
    private final BeanDeserializerBase bean;
    private final SchemaNotes notes;
    private final BeanDescription description;
    private final ObjectSchema object = new ObjectSchema();

    ReadProperties(
            ReadSchemas schemas,
            DeserializationContext context,
            JavaType type,
            BeanDeserializerBase bean,
            SchemaNotes notes) {
        this.schemas = schemas;
        this.context = context;
        this.type = type;
        this.bean = bean;
        this.notes = notes;
        this.description = context.introspectBeanDescription(type);
    }

    /** The schema; with the property that says the type, if there are subtypes that it tells apart. */
    Map<String, Object> schema(Optional<Subtypes> typed) {
        typed.flatMap(known -> known.id(type)).ifPresent(id -> addType(typed.get(), id));
        for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            if (!property.isIgnorable() && !property.isInjectionOnly()) {
                add(property, NameTransformer.NOP);
            }
        }
        description.findProperties().forEach(this::addUnwrapped);
        others();
        return notes.describe(object.schema(), type.getRawClass());
    }

    private void addType(Subtypes typed, String id) {
        object.addType(typed.property(), id);
        Class<?> usual = context.findTypeDeserializer(type).getDefaultImpl();
        if (usual == type.getRawClass()) {
            object.relax(typed.property());
        }
    }

    private void add(SettableBeanProperty property, NameTransformer names) {
        Map<String, Object> schema = schemas.of(property.getType(), property.getValueDeserializer(), property);
        String internal = internalName(property.getName());
        schema = ConstraintKeywords.ofProperty(schema, type.getRawClass(), internal);
        if (isNullable(property)) {
            schema = Trees.orNull(schema);
        }
        schema = notes.describe(schema, type.getRawClass(), internal);
        if (property.getAnnotation(DefaultValue.class) != null) {
            addDefault(property, schema);
        }
        boolean isRequired = property.isRequired() && property.getAnnotation(DefaultValue.class) == null;
        object.add(names.transform(property.getName()), schema, isRequired);
    }

    /** Adds the default, unless it is of a type that is read alone, so that nothing writes it. */
    private void addDefault(SettableBeanProperty property, Map<String, Object> schema) {
        Object value = property.getNullValueProvider().getAbsentValue(context);
        try {
            schema.put("default", schemas.written(value));
        } catch (RuntimeException unwritable) {
            schema.remove("default");
        }
    }

    private static boolean isNullable(SettableBeanProperty property) {
        Nulls nulls = property.getMetadata().getValueNulls();
        return nulls == Nulls.SET || nulls == Nulls.SKIP || nulls == Nulls.AS_EMPTY;
    }

    private String internalName(String name) {
        return description.findProperties().stream()
                .filter(property -> property.getName().equals(name))
                .map(BeanPropertyDefinition::getInternalName)
                .findFirst()
                .orElse(name);
    }

    // ---- what isn't among the deserializer's properties

    /** Adds the properties of what stands in the object without an object of its own. */
    private void addUnwrapped(BeanPropertyDefinition property) {
        AnnotationIntrospector introspector = context.getAnnotationIntrospector();
        AnnotatedMember member = property.getPrimaryMember();
        NameTransformer names =
                member == null ? null : introspector.findUnwrappingNameTransformer(context.getConfig(), member);
        if (names == null) {
            return;
        }
        try {
            JavaType inner = property.getPrimaryType();
            if (context.findContextualValueDeserializer(inner, null) instanceof BeanDeserializerBase unwrapped) {
                var parts = new ReadProperties(schemas, context, inner, unwrapped, notes);
                for (Iterator<SettableBeanProperty> all = unwrapped.properties(); all.hasNext(); ) {
                    parts.add(all.next(), names);
                }
                object.addAll(parts.object);
            }
        } catch (JacksonException unreadable) {
            object.allowOthers(Trees.of());
        }
    }

    private void others() {
        AnnotatedMember any = description.findAnySetterAccessor();
        if (any != null || bean.hasAnySetter()) {
            object.allowOthers(any == null ? Trees.of() : schemas.of(valueType(any)));
            return;
        }
        JsonIgnoreProperties.Value ignored =
                context.getConfig().getDefaultPropertyIgnorals(type.getRawClass(), description.getClassInfo());
        boolean isIgnoring = ignored != null && ignored.getIgnoreUnknown();
        if (context.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) && !isIgnoring) {
            object.refuseOthers();
        }
    }

    private JavaType valueType(AnnotatedMember any) {
        if (any instanceof AnnotatedMethod method && method.getParameterCount() == 2) {
            return method.getParameterType(1);
        }
        List<JavaType> content = any.getType().getContentType() == null
                ? List.of()
                : List.of(any.getType().getContentType());
        return content.isEmpty() ? context.constructType(Object.class) : content.get(0);
    }
}
