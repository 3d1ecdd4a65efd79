package dev.bistro.body.json;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.PropertyWriter;

/**
 * Looks up at startup how all is written that values of a type hold by their declarations. Jackson itself waits for the
 * first value where a class could be extended, which is too late to report that nothing says how.
 */
final class JsonWritability {
    private final SerializationContext context;
    private final Set<JavaType> seen = new HashSet<>();

    JsonWritability(SerializationContext context) {
        this.context = context;
    }

    void visit(JavaType type) {
        if (!seen.add(type) || type.isPrimitive() || type.isJavaLangObject()) {
            return;
        }
        if (type.getKeyType() != null) {
            context.findKeySerializer(type.getKeyType(), null);
        }
        if (type.getContentType() != null) {
            visit(type.getContentType());
            return;
        }
        try {
            ValueSerializer<?> serializer = context.findTypedValueSerializer(type, true);
            for (Iterator<PropertyWriter> all = serializer.properties(); all.hasNext(); ) {
                visit(all.next().getType());
            }
        } catch (JacksonException unknown) {
            // such as an interface of which nothing is known: its values are written by their classes
        }
    }
}
