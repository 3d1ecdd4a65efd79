package dev.bistro.openapi.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.ser.BeanPropertyWriter;

/** Is told by a serializer which properties it writes. */
final class WrittenProperties extends JsonFormatVisitorWrapper.Base {
    private final WrittenSchemas schemas;
    private final JavaType owner;
    private final SchemaNotes notes;
    private final ObjectSchema object;
    private final Map<String, String> internalNames = new HashMap<>();

    WrittenProperties(
            WrittenSchemas schemas,
            SerializationContext context,
            JavaType owner,
            SchemaNotes notes,
            ObjectSchema object) {
        super(context);
        this.schemas = schemas;
        this.owner = owner;
        this.notes = notes;
        this.object = object;
        for (BeanPropertyDefinition one :
                context.introspectBeanDescription(owner).findProperties()) {
            internalNames.put(one.getName(), one.getInternalName());
        }
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
        return new JsonObjectFormatVisitor.Base(getContext()) {
            @Override
            public void property(BeanProperty property) {
                add(property);
            }

            @Override
            public void optionalProperty(BeanProperty property) {
                add(property);
            }

            @Override
            public void property(String name, JsonFormatVisitable handler, JavaType hint) {
                object.add(name, schemas.of(hint, (ValueSerializer<?>) handler, null), true);
            }

            @Override
            public void optionalProperty(String name, JsonFormatVisitable handler, JavaType hint) {
                object.add(name, schemas.of(hint, (ValueSerializer<?>) handler, null), false);
            }
        };
    }

    private void add(BeanProperty property) {
        JavaType type = WrittenSchemas.type(property);
        ValueSerializer<?> known = property instanceof BeanPropertyWriter writer ? writer.getSerializer() : null;
        JsonInclude.Include inclusion = property.findPropertyInclusion(
                        getContext().getConfig(), owner.getRawClass())
                .getValueInclusion();
        boolean isAlways = WrittenSchemas.isAlways(type, inclusion);
        boolean isNeverNull = type.isReferenceType() && !isAlways && inclusion != JsonInclude.Include.NON_DEFAULT;
        Map<String, Object> schema =
                isNeverNull ? schemas.of(type.getContentType(), null, property) : schemas.of(type, known, property);
        String internal = internalNames.getOrDefault(property.getName(), property.getName());
        object.add(property.getName(), notes.describe(schema, owner.getRawClass(), internal), isAlways);
    }
}
