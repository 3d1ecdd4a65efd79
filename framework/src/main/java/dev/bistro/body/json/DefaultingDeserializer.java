package dev.bistro.body.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** Reads a component that has a {@code @DefaultValue}, which stands in for an absent property but not for null. */
final class DefaultingDeserializer extends StdDeserializer<Object> {
    private final JavaType type;
    private final String written;
    private final ValueDeserializer<Object> content; // null until createContextual
    private transient volatile Object kept; // null until it is read, or if it is mutable

    DefaultingDeserializer(JavaType type, String written) {
        this(type, written, null);
    }

    private DefaultingDeserializer(JavaType type, String written, ValueDeserializer<Object> content) {
        super(type);
        this.type = type;
        this.written = written;
        this.content = content;
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new DefaultingDeserializer(type, written, context.findContextualValueDeserializer(type, property));
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        return content.deserialize(parser, context);
    }

    @Override
    public Object deserializeWithType(
            JsonParser parser, DeserializationContext context, TypeDeserializer typeDeserializer) {
        return content.deserializeWithType(parser, context, typeDeserializer);
    }

    @Override
    public ValueDeserializer<?> getDelegatee() {
        return content;
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        return context.handleUnexpectedToken(type, context.getParser());
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        Object value = kept == null ? read(context) : kept;
        boolean isSimple = type.isPrimitive() || type.isEnumType() || type.isTypeOrSubTypeOf(Comparable.class);
        if (isSimple) {
            kept = value;
        }
        return value;
    }

    private Object read(DeserializationContext context) {
        try (JsonParser parser = tokens(context)) {
            parser.nextToken();
            Object value = content.deserialize(parser, context);
            if (parser.nextToken() != null) {
                throw InvalidFormatException.from(parser, "Something follows", written, type.getRawClass());
            }
            return value;
        }
    }

    /** A default for a string or a converter is without quotation marks, as in a request; any other is as in JSON. */
    private JsonParser tokens(DeserializationContext context) {
        JsonShape.Kind kind = JsonShape.of(type.getRawClass()).kind();
        if (kind == JsonShape.Kind.STRING || content instanceof ConvertingDeserializer) {
            return context.getNodeFactory().stringNode(written).traverse(context);
        }
        return context.tokenStreamFactory().createParser(context, written);
    }
}
