package dev.bistro.body.json;

import dev.bistro.types.Types;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads strings by the application's converter. */
final class ConvertingDeserializer extends StdScalarDeserializer<Object> {
    private final JsonConversion conversion;

    ConvertingDeserializer(JsonConversion conversion) {
        super(Types.raw(conversion.type()));
        this.conversion = conversion;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            String actual = JsonFaults.kind(parser.currentToken()).words;
            throw new UnfitTextException(
                    parser, "expected " + JsonShape.Kind.STRING.words + ", but was " + actual, handledType());
        }
        return value(parser.getString(), parser);
    }

    private Object value(String text, JsonParser parser) {
        try {
            return conversion.value(text);
        } catch (IllegalArgumentException unfit) {
            throw new UnfitTextException(parser, unfit.getMessage(), handledType());
        }
    }

    /** The same for the keys of maps. */
    KeyDeserializer ofKeys() {
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                try {
                    return value(key, context.getParser());
                } catch (UnfitTextException unfit) {
                    throw unfit.prependPath(new JacksonException.Reference(null, key));
                }
            }
        };
    }
}
