package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bistro.annotation.DefaultValue;
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

/** Which types values can be made of JSON of, with all that they hold; found out at startup. */
final class JsonReadability {
    private final DeserializationContext context;
    private final Set<ValueDeserializer<?>> seen = new HashSet<>();
    private final Set<Class<?>> seenBases = new HashSet<>();

    JsonReadability(DeserializationContext context) {
        this.context = context;
    }

    /**
     * Whether values of a type can be made.
     *
     * @throws IllegalArgumentException if a default in it is wrong, with a text for the startup report
     */
    boolean canMake(JavaType type) {
        return canMake(context.findContextualValueDeserializer(type, null));
    }

    private boolean canMake(ValueDeserializer<?> deserializer) {
        if (deserializer == null || !seen.add(deserializer)) {
            return true;
        }
        if (deserializer instanceof BeanDeserializerBase bean) {
            return bean.getValueInstantiator().canInstantiate() && canMakeAll(bean.properties());
        }
        if (deserializer instanceof ContainerDeserializerBase<?> container) {
            return canMake(container.getContentDeserializer());
        }
        if (deserializer instanceof ReferenceTypeDeserializer<?> reference) {
            return canMake(reference.getValueType().getContentType());
        }
        return !(deserializer instanceof AbstractDeserializer) || canMakeAny(deserializer.handledType());
    }

    private boolean canMakeAll(Iterator<SettableBeanProperty> properties) {
        boolean canMakeAll = true;
        while (properties.hasNext()) {
            SettableBeanProperty property = properties.next();
            checkDefault(property);
            // Where the property says how the type is told, so must whoever wrote it know the types.
            boolean isToldThere = property.getAnnotation(JsonTypeInfo.class) != null;
            canMakeAll &= isToldThere || canMake(property.getValueDeserializer());
        }
        return canMakeAll;
    }

    /** Whether a type of which nothing can be made has its types told, each of which can be made. */
    private boolean canMakeAny(Class<?> base) {
        JavaType type = context.constructType(base);
        if (context.findTypeDeserializer(type) == null) {
            return false;
        }
        return !seenBases.add(base) || subtypes(type).allMatch(this::canMake);
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
        if (JsonMapping.isOptional(property.getType())) {
            throw new IllegalArgumentException(
                    what + " would never be used: the component is empty where it is missing.");
        }
        try {
            property.getNullValueProvider().getAbsentValue(context);
        } catch (JacksonException unfit) {
            JsonShape expected = JsonShape.of(property.getType().getRawClass());
            throw new IllegalArgumentException(what + " is not " + expected.words() + ".");
        }
    }
}
