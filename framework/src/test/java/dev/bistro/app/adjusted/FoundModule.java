package dev.bistro.app.adjusted;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.Version;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** A module that is on the class path of the applications that say so. */
public final class FoundModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    public FoundModule() {
        super("Thermometers", new Version(1, 2, 3, null, null, null));
        addSerializer(new StdSerializer<Temperature>(Temperature.class) {
            @Override
            public void serialize(Temperature value, JsonGenerator generator, SerializationContext context) {
                generator.writeString(value.degrees() + " °C");
            }
        });
    }
}
