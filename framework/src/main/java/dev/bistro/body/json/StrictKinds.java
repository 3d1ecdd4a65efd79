package dev.bistro.body.json;

import java.time.Year;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;

/**
 * Lets types whose deserializers accept several kinds of JSON values accept one: times are strings and not numbers or
 * arrays, types made of a text are strings, floating-point numbers are not the string {@code "NaN"}. A {@link Year} may
 * be a number.
 */
final class StrictKinds extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> FLOATING = Set.of(double.class, Double.class, float.class, Float.class);

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
        Class<?> type = bean.getBeanClass();
        boolean time = type.getPackageName().equals("java.time") && type != Year.class;
        if (time || deserializer instanceof FromStringDeserializer) {
            return new KindDeserializer(deserializer, JsonShape.Kind.STRING);
        }
        return FLOATING.contains(type) ? new KindDeserializer(deserializer, JsonShape.Kind.NUMBER) : deserializer;
    }

    private static final class KindDeserializer extends DelegatingDeserializer {
        private final JsonShape.Kind kind;

        KindDeserializer(ValueDeserializer<?> delegate, JsonShape.Kind kind) {
            super(delegate);
            this.kind = kind;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
            return new KindDeserializer(delegate, kind);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (JsonFaults.kind(parser.currentToken()) != kind) {
                return context.handleUnexpectedToken(handledType(), parser);
            }
            return kind == JsonShape.Kind.STRING && isNumber(parser.getString())
                    ? context.handleWeirdStringValue(handledType(), parser.getString(), "a number")
                    : super.deserialize(parser, context);
        }

        /** Jackson would take a string of digits for seconds since 1970. */
        private boolean isNumber(String text) {
            return TemporalAccessor.class.isAssignableFrom(handledType())
                    && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        }
    }
}
