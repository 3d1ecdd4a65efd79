package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.jsontype.NamedType;

/** Finds out at startup of which types values can be read from JSON, with all that they hold. */
final class JsonReadability {
    private final DeserializationContext context;
    private final Set<ValueDeserializer<?>> seen = new HashSet<>();
    private final Set<Class<?>> seenBases = new HashSet<>();

    JsonReadability(DeserializationContext context) {
        this.context = context;
    }

    /**
     * Whether values of a type can be read.
     *
     * @throws IllegalArgumentException if a default in it is wrong, with a text for the startup report
     */
    boolean canRead(JavaType type) {
        return canRead(context.findContextualValueDeserializer(type, null));
    }

    private boolean canRead(ValueDeserializer<?> deserializer) {
        if (deserializer == null || !seen.add(deserializer)) {
            return true;
        }
        if (deserializer instanceof BeanDeserializerBase bean) {
            return bean.getValueInstantiator().canInstantiate() && canReadAll(bean.properties());
        }
        if (deserializer instanceof ContainerDeserializerBase<?> container) {
            return canRead(container.getContentDeserializer());
        }
        if (deserializer instanceof ReferenceTypeDeserializer<?> reference) {
            return canRead(reference.getValueType().getContentType());
        }
        return !(deserializer instanceof AbstractDeserializer) || canReadAny(deserializer.handledType());
    }

    private boolean canReadAll(Iterator<SettableBeanProperty> properties) {
        boolean canReadAll = true;
        while (properties.hasNext()) {
            SettableBeanProperty property = properties.next();
            checkDefault(property);
            // A property with a @JsonTypeInfo of its own isn't checked: its author chose the subtypes.
            boolean hasOwnTypeInfo = property.getAnnotation(JsonTypeInfo.class) != null;
            canReadAll &= hasOwnTypeInfo || canRead(property.getValueDeserializer());
        }
        return canReadAll;
    }

    /** Whether an abstract type has subtypes that the JSON can name, each of which can be read. */
    private boolean canReadAny(Class<?> base) {
        JavaType type = context.constructType(base);
        if (context.findTypeDeserializer(type) == null) {
            return false;
        }
        return !seenBases.add(base) || subtypes(type).allMatch(this::canRead);
    }

    private Stream<JavaType> subtypes(JavaType base) {
        AnnotatedClass annotated = context.introspectClassAnnotations(base.getRawClass());
        return context
                .getConfig()
                .getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(context.getConfig(), annotated)
                .stream()
                .map(NamedType::getType)
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .map(context::constructType);
    }

    // ---- defaults

    private void checkDefault(SettableBeanProperty property) {
        DefaultValue written = property.getAnnotation(DefaultValue.class);
        if (written == null) {
            return;
        }
        String what = "@DefaultValue(\"" + written.value() + "\") of " + property.getName() + " in "
                + property.getMember().getDeclaringClass().getSimpleName();
        if (AnnotationRules.isOptional(property.getType().getRawClass())) {
            throw new IllegalArgumentException(
                    what + " would never be used: the component is empty where it is missing.");
        }
        try {
            property.getNullValueProvider().getAbsentValue(context);
        } catch (UnfitTextException refused) {
            throw new IllegalArgumentException(
                    what + " is not " + TypeNames.withArticle(property.getType().getRawClass()) + ".");
        } catch (JacksonException unfit) {
            JsonShape expected = JsonShape.of(property.getType().getRawClass());
            throw new IllegalArgumentException(what + " is not " + expected.words() + ".");
        }
    }
}
