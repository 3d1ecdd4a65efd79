package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Iterator;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.util.NameTransformer;

/**
 * Writes a value with its type wherever its class has a {@link JsonTypeInfo}: also as an element of a list, as a value
 * of a map, and where the declared type is lost. Otherwise what was answered couldn't be posted back.
 */
final class PolymorphicTypes extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        return typed(bean, serializer);
    }

    @Override
    public ValueSerializer<?> modifyEnumSerializer(
            SerializationConfig config, JavaType type, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        return typed(bean, serializer);
    }

    @SuppressWarnings("unchecked") // a serializer is only given values of its own type
    private static ValueSerializer<?> typed(BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
        boolean isPolymorphic = bean.getClassInfo().hasAnnotation(JsonTypeInfo.class);
        return isPolymorphic
                ? new TypedSerializer((ValueSerializer<Object>) serializer, bean.getType(), Optional.empty())
                : serializer;
    }

    /** Writes a value with its type, even if the caller didn't ask for the type. */
    private static final class TypedSerializer extends ValueSerializer<Object> {
        private final ValueSerializer<Object> content;
        private final JavaType type;
        private final Optional<TypeSerializer> typeSerializer;

        TypedSerializer(ValueSerializer<Object> content, JavaType type, Optional<TypeSerializer> typeSerializer) {
            this.content = content;
            this.type = type;
            this.typeSerializer = typeSerializer;
        }

        @Override
        public void resolve(SerializationContext context) {
            content.resolve(context);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            var contextual = (ValueSerializer<Object>) content.createContextual(context, property);
            return new TypedSerializer(contextual, type, Optional.ofNullable(context.findTypeSerializer(type)));
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            if (typeSerializer.isPresent()) {
                content.serializeWithType(value, generator, context, typeSerializer.get());
            } else {
                content.serialize(value, generator, context);
            }
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer asked) {
            content.serializeWithType(value, generator, context, asked);
        }

        @Override
        public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
            return content.unwrappingSerializer(names);
        }

        @Override
        public Class<?> handledType() {
            return content.handledType();
        }

        @Override
        public ValueSerializer<?> getDelegatee() {
            return content;
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType hint) {
            content.acceptJsonFormatVisitor(visitor, hint);
        }

        @Override
        public Iterator<PropertyWriter> properties() {
            return content.properties();
        }

        @Override
        public boolean usesObjectId() {
            return content.usesObjectId();
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object value) {
            return content.isEmpty(context, value);
        }
    }
}
