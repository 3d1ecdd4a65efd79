package dev.bistro.openapi.schema;

import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;

/**
 * Is told by a serializer what it writes. Of an object it is told only that it is one: its properties are asked for
 * where its component is made, which happens once.
 */
final class WrittenShape extends JsonFormatVisitorWrapper.Base {
    /** What was told. */
    enum Kind {
        OBJECT,
        VALUES,
        OTHER
    }

    private final WrittenSchemas schemas;
    private final BeanProperty property;
    private Kind kind = Kind.OTHER;
    private JavaType type;
    private Map<String, Object> schema = Trees.of();

    /** Asks for the parts of a value by these schemas; the property is null where there is none. */
    WrittenShape(WrittenSchemas schemas, SerializationContext context, BeanProperty property) {
        super(context);
        this.schemas = schemas;
        this.property = property;
    }

    Kind kind() {
        return kind;
    }

    /** The type that is written, which may be another than the value's, such as that of a {@code @JsonValue}. */
    JavaType type() {
        return type;
    }

    /** The schema, as far as it was told; that of an enum without its values. */
    Map<String, Object> schema() {
        return schema;
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType told) {
        kind = Kind.OBJECT;
        type = told;
        return null;
    }

    @Override
    public JsonArrayFormatVisitor expectArrayFormat(JavaType told) {
        schema = Trees.of("type", "array");
        if (Set.class.isAssignableFrom(told.getRawClass())) {
            schema.put("uniqueItems", true);
        }
        return new JsonArrayFormatVisitor.Base(getContext()) {
            @Override
            public void itemsFormat(JsonFormatVisitable handler, JavaType element) {
                schema.put("items", items(handler, element));
            }

            @Override
            public void itemsFormat(JsonFormatTypes format) {
                boolean isKnown =
                        told.getContentType() != null && told.getContentType().isPrimitive();
                schema.put(
                        "items",
                        isKnown
                                ? ScalarSchemas.ofText(told.getContentType().getRawClass())
                                : Trees.of("type", format.value()));
            }
        };
    }

    private Map<String, Object> items(JsonFormatVisitable handler, JavaType element) {
        return schemas.of(element, handler instanceof ValueSerializer<?> known ? known : null, null);
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType told) {
        schema = Trees.of("type", "object");
        return new JsonMapFormatVisitor.Base(getContext()) {
            @Override
            public void keyFormat(JsonFormatVisitable handler, JavaType key) {
                Map<String, Object> names = schemas.keyNames(key);
                if (!names.isEmpty()) {
                    schema.put("propertyNames", names);
                }
            }

            @Override
            public void valueFormat(JsonFormatVisitable handler, JavaType value) {
                schema.put("additionalProperties", items(handler, value));
            }
        };
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType told) {
        tell(ScalarSchemas.Kind.STRING, told);
        return new JsonStringFormatVisitor.Base() {
            @Override
            public void format(JsonValueFormat format) {
                // what the format is by the type is more exact: this one takes a LocalDateTime for a DATE_TIME
            }

            @Override
            public void enumTypes(Set<String> values) {
                expectValues(told);
            }
        };
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType told) {
        tell(ScalarSchemas.Kind.INTEGER, told);
        return new JsonIntegerFormatVisitor.Base();
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType told) {
        tell(ScalarSchemas.Kind.NUMBER, told);
        return new JsonNumberFormatVisitor.Base() {
            @Override
            public void numberType(JsonParser.NumberType number) {
                boolean isWhole = number == JsonParser.NumberType.BIG_INTEGER
                        || number == JsonParser.NumberType.INT
                        || number == JsonParser.NumberType.LONG;
                if (isWhole) {
                    tell(ScalarSchemas.Kind.INTEGER, told);
                }
            }
        };
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType told) {
        tell(ScalarSchemas.Kind.BOOLEAN, told);
        return null;
    }

    @Override
    public JsonAnyFormatVisitor expectAnyFormat(JavaType told) {
        schema = Trees.of();
        return null;
    }

    private void tell(ScalarSchemas.Kind told, JavaType of) {
        if (of != null && of.isEnumType()) {
            schema = Trees.of("type", told.type());
            expectValues(of);
            return;
        }
        Class<?> raw = of == null ? String.class : of.getRawClass();
        boolean hasPattern = property != null
                && property.findPropertyFormat(getContext().getConfig(), raw).hasPattern();
        schema = hasPattern ? Trees.of("type", told.type()) : ScalarSchemas.of(told, raw);
    }

    private void expectValues(JavaType of) {
        if (of.isEnumType()) {
            kind = Kind.VALUES;
            type = of;
        }
    }
}
