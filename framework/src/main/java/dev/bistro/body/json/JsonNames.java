package dev.bistro.body.json;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;

/** Finds the names that properties have in JSON: by their annotations, and by the naming strategy. */
final class JsonNames {
    private JsonNames() {}

    /**
     * The name of a class's property; empty if values of the class have no properties in JSON, such as one that a
     * converter makes of a string.
     *
     * @param property the name of a record's component or a class's field
     */
    static Optional<String> of(JsonMapper mapper, Class<?> owner, String property) {
        JavaType type = mapper.constructType(owner);
        try {
            DeserializationContext context = mapper._deserializationContext();
            if (isScalar(context.findContextualValueDeserializer(type, null))) {
                return Optional.empty();
            }
            BeanDescription read = context.introspectBeanDescription(type);
            BeanDescription written = mapper._serializationContext().introspectBeanDescription(type);
            return Stream.of(read, written)
                    .flatMap(description -> description.findProperties().stream())
                    .filter(known -> known.getInternalName().equals(property))
                    .map(BeanPropertyDefinition::getName)
                    .findFirst()
                    .or(() -> Optional.of(property));
        } catch (JacksonException unreadable) {
            return Optional.of(property); // such as a class that is only written
        }
    }

    private static boolean isScalar(ValueDeserializer<?> deserializer) {
        return deserializer instanceof StdScalarDeserializer
                || deserializer.getDelegatee() != null && isScalar(deserializer.getDelegatee());
    }
}
