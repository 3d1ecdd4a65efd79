package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.TypeNames;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.KeyDeserializers;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.TypeFactory;

/**
 * Reads and writes the types of the application's converters as strings, also as keys of maps. Jackson's annotations on
 * such a type go before, as do the modules and customizers, which are asked earlier; types of the JDK have their own
 * form in JSON.
 */
final class ConverterModule extends JacksonModule {
    private static final List<Class<? extends Annotation>> OF_CLASSES = List.of(JsonTypeInfo.class, JsonFormat.class);

    private final List<JsonConversion> conversions;
    private final Problems problems;
    private final Set<JsonConversion> reported = new HashSet<>();

    ConverterModule(List<JsonConversion> conversions, Problems problems) {
        this.conversions = conversions.stream()
                .filter(one -> !one.type().getTypeName().startsWith("java."))
                .toList();
        this.problems = problems;
    }

    @Override
    public String getModuleName() {
        return "Bistro's converters";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        var known = new Known(byType(context.typeFactory()));
        context.addDeserializers(new Reading(known));
        context.addKeyDeserializers(new KeyReading(known));
        context.addSerializers(new Writing(known, false));
        context.addKeySerializers(new Writing(known, true));
    }

    private Map<JavaType, JsonConversion> byType(TypeFactory types) {
        var byType = new LinkedHashMap<JavaType, JsonConversion>();
        conversions.forEach(one -> byType.putIfAbsent(types.constructType(one.type()), one));
        return byType;
    }

    /** The conversions by what they make. */
    private record Known(Map<JavaType, JsonConversion> byType) {
        /** To exactly this type, unless annotations of Jackson's say how it is read. */
        Optional<JsonConversion> reading(JavaType type, BeanDescription.Supplier bean) {
            return Optional.ofNullable(byType.get(type))
                    .filter(one -> !isAnnotated(bean.getClassInfo(), List.of(JsonCreator.class, JsonProperty.class)));
        }

        /** Of this type or the nearest above, since a value is written by its class. */
        Optional<JsonConversion> writing(
                JavaType type, BeanDescription.Supplier bean, List<Class<? extends Annotation>> ofMembers) {
            return above(type)
                    .map(byType::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .filter(one -> !isAnnotated(bean.getClassInfo(), ofMembers));
        }

        private static Stream<JavaType> above(JavaType type) {
            Stream<JavaType> parents =
                    Stream.concat(Stream.ofNullable(type.getSuperClass()), type.getInterfaces().stream());
            return Stream.concat(Stream.of(type), parents.flatMap(Known::above));
        }

        private static boolean isAnnotated(AnnotatedClass type, List<Class<? extends Annotation>> ofMembers) {
            Stream<Annotated> members = Stream.<Iterable<? extends Annotated>>of(
                            type.getConstructors(), type.getFactoryMethods(), type.fields(), type.memberMethods())
                    .flatMap(some -> StreamSupport.stream(some.spliterator(), false));
            return OF_CLASSES.stream().anyMatch(type::hasAnnotation)
                    || members.anyMatch(member -> ofMembers.stream().anyMatch(member::hasAnnotation))
                    || Stream.of(type.getRawType().getDeclaredFields())
                            .anyMatch(constant ->
                                    constant.isEnumConstant() && constant.isAnnotationPresent(JsonProperty.class));
        }
    }

    /** The deserializers of the types that have a converter. */
    private record Reading(Known known) implements Deserializers {
        @Override
        public ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
            return known.reading(type, bean).map(ConvertingDeserializer::new).orElse(null);
        }

        @Override
        public ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
            return findBeanDeserializer(type, config, bean);
        }

        @Override
        public ValueDeserializer<?> findCollectionDeserializer(
                CollectionType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                TypeDeserializer elementType,
                ValueDeserializer<?> elements) {
            return findBeanDeserializer(type, config, bean);
        }

        @Override
        public ValueDeserializer<?> findMapDeserializer(
                MapType type,
                DeserializationConfig config,
                BeanDescription.Supplier bean,
                KeyDeserializer keys,
                TypeDeserializer elementType,
                ValueDeserializer<?> elements) {
            return findBeanDeserializer(type, config, bean);
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return known.byType.keySet().stream().anyMatch(one -> one.hasRawClass(type));
        }
    }

    private record KeyReading(Known known) implements KeyDeserializers {
        @Override
        public KeyDeserializer findKeyDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
            return known.reading(type, bean)
                    .map(ConvertingDeserializer::new)
                    .map(ConvertingDeserializer::ofKeys)
                    .orElse(null);
        }
    }

    private final class Writing extends Serializers.Base {
        private final Known known;
        private final boolean isOfKeys;

        Writing(Known known, boolean isOfKeys) {
            this.known = known;
            this.isOfKeys = isOfKeys;
        }

        @Override
        public ValueSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
            return known.writing(
                            type,
                            bean,
                            isOfKeys
                                    ? List.of(JsonKey.class, JsonValue.class, JsonProperty.class)
                                    : List.of(JsonValue.class, JsonProperty.class))
                    .map(this::serializer)
                    .orElse(null);
        }

        @Override
        public ValueSerializer<?> findEnumSerializer(
                SerializationConfig config, JavaType type, BeanDescription.Supplier bean, JsonFormat.Value format) {
            return findSerializer(config, type, bean, format);
        }

        @Override
        public ValueSerializer<?> findCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription.Supplier bean,
                JsonFormat.Value format,
                TypeSerializer elementType,
                ValueSerializer<Object> elements) {
            return findSerializer(config, type, bean, format);
        }

        @Override
        public ValueSerializer<?> findMapSerializer(
                SerializationConfig config,
                MapType type,
                BeanDescription.Supplier bean,
                JsonFormat.Value format,
                ValueSerializer<Object> keys,
                TypeSerializer elementType,
                ValueSerializer<Object> elements) {
            return findSerializer(config, type, bean, format);
        }

        private ValueSerializer<?> serializer(JsonConversion conversion) {
            boolean canFormat = conversion.canFormat();
            if (!canFormat && reported.add(conversion)) {
                problems.add(unwritable(conversion));
            }
            return new ConvertingSerializer(conversion, canFormat, isOfKeys);
        }
    }

    private static Problem unwritable(JsonConversion conversion) {
        String name = TypeNames.of(conversion.type());
        return Problem.of(
                        "converter-without-format",
                        "JSON has " + name + " as a string, since it has a converter; but nothing says which string.")
                .at(conversion.place())
                .cure("Override format(" + name + ") in the converter, or toString() in " + name
                        + " if that is no record.")
                .cure("Or put Jackson's @JsonValue on the part of " + name + " that is its text.");
    }
}
