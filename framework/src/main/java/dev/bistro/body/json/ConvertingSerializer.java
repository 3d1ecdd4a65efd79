package dev.bistro.body.json;

import dev.bistro.types.TypeNames;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Writes values as strings, or as the names of a map's members, by the application's converter. */
final class ConvertingSerializer extends StdScalarSerializer<Object> {
    private final JsonConversion conversion;
    private final boolean canFormat;
    private final boolean isOfKeys;

    ConvertingSerializer(JsonConversion conversion, boolean canFormat, boolean isOfKeys) {
        super(Object.class, false);
        this.conversion = conversion;
        this.canFormat = canFormat;
        this.isOfKeys = isOfKeys;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        if (!canFormat) {
            throw new IllegalStateException("The converter of " + TypeNames.of(conversion.type())
                    + " doesn't say how it is written: override format in it, or use Jackson's @JsonValue");
        }
        if (isOfKeys) {
            generator.writeName(conversion.text(value));
        } else {
            generator.writeString(conversion.text(value));
        }
    }
}
