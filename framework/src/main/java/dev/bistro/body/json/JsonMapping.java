package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Header;
import dev.bistro.body.Labels;
import dev.bistro.http.ProblemDetail;
import java.time.Year;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.util.NameTransformer;

/** How Jackson is taught what JSON is taken, and how it is written. */
final class JsonMapping {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_LENGTH = 300;
    private static final int MAX_STRING_LENGTH = 20_000_000;

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<?>> FLOATING = Set.of(double.class, Double.class, float.class, Float.class);

    private JsonMapping() {}

    static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder(factory());
        refuseWhatDoesNotFit(builder);
        refuseNulls(builder);
        // What follows a value is looked for by read(), which tells it from a value that doesn't fit.
        return builder.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .addModule(new SimpleModule()
                        .addAbstractTypeMapping(Set.class, LinkedHashSet.class) // so that a pointer finds its elements
                        .addSerializer(new ProblemSerializer())
                        .setSerializerModifier(new TypeAlways())
                        .setDeserializerModifier(new OneKind()))
                .build();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .build())
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }

    private static void refuseWhatDoesNotFit(JsonMapper.Builder builder) {
        builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .defaultLeniency(false)
                .withCoercionConfigDefaults(
                        coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert));
    }

    private static void refuseNulls(JsonMapper.Builder builder) {
        builder.annotationIntrospector(new Presence())
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL));
    }

    /** Whether a value of a type may be absent, as itself. */
    static boolean isOptional(JavaType type) {
        return OPTIONALS.contains(type.getRawClass());
    }

    /** Whether what a type holds may be null: only what may be anything. */
    static boolean acceptsNullContent(JavaType type) {
        return type.getContentType() != null && type.getContentType().isJavaLangObject();
    }

    /**
     * What has to be there: each parameter of a constructor, and no null, but for an {@link Optional} and an
     * {@link Object}. And what stands for an enum's constants: their labels, and when they are read their names too.
     */
    private static final class Presence extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter
                            && !OPTIONALS.contains(member.getRawType())
                            && !member.hasAnnotation(DefaultValue.class)
                    ? Boolean.TRUE
                    : super.hasRequiredMarker(config, member);
        }

        /** What is sent as a header field isn't sent twice. */
        @Override
        public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
            boolean isHeader = config instanceof SerializationConfig
                    && member.getDeclaringClass().isRecord()
                    && Arrays.stream(member.getDeclaringClass().getRecordComponents())
                            .anyMatch(component -> component.getName().equals(member.getName())
                                    && component.isAnnotationPresent(Header.class));
            return isHeader || super.hasIgnoreMarker(config, member);
        }

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            String[] found = super.findEnumValues(config, type, constants, names);
            for (int i = 0; i < constants.length; i++) {
                if (found[i] == null && !Labels.of(constants[i]).equals(constants[i].name())) {
                    found[i] = Labels.of(constants[i]);
                }
            }
            return found;
        }

        @Override
        public void findEnumAliases(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[][] aliases) {
            super.findEnumAliases(config, type, constants, aliases);
            for (int i = 0; i < constants.length; i++) {
                if ((aliases[i] == null || aliases[i].length == 0)
                        && !Labels.of(constants[i]).equals(constants[i].name())) {
                    aliases[i] = new String[] {constants[i].name()};
                }
            }
        }

        /** Those that are listed, and those that a sealed type permits besides. */
        @Override
        public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
            List<NamedType> listed = super.findSubtypes(config, annotated);
            Class<?> type = annotated.getRawType();
            if (!type.isSealed()) {
                return listed;
            }
            var all = new ArrayList<NamedType>(listed == null ? List.of() : listed);
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (all.stream().noneMatch(known -> known.getType() == permitted)) {
                    all.add(new NamedType(permitted));
                }
            }
            return all;
        }

        @Override
        public Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
            DefaultValue written = annotated.getAnnotation(DefaultValue.class);
            Object own = super.findDeserializer(config, annotated);
            return written == null || own != null || isOptional(annotated.getType())
                    ? own
                    : new DefaultingDeserializer(annotated.getType(), written.value());
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            JsonSetter.Value written = super.findSetterInfo(config, annotated);
            if (!(annotated instanceof AnnotatedMember) || !written.equals(JsonSetter.Value.empty())) {
                return written;
            }
            if (annotated.hasAnnotation(DefaultValue.class)) {
                return JsonSetter.Value.forValueNulls(Nulls.DEFAULT, Nulls.FAIL); // as DefaultingDeserializer says
            }
            JavaType type = annotated.getType();
            boolean nullable = OPTIONALS.contains(type.getRawClass()) || type.isJavaLangObject();
            return JsonSetter.Value.forValueNulls(
                    nullable ? Nulls.SET : Nulls.FAIL, acceptsNullContent(type) ? Nulls.SET : Nulls.FAIL);
        }
    }

    /**
     * Has the types whose deserializers take more than one kind of value take one: times (from numbers and arrays),
     * what is made of a text (from numbers), floating-point numbers (from {@code "NaN"}). A year alone may be a number.
     */
    private static final class OneKind extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1L;

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
            if (JsonWords.kind(parser.currentToken()) != kind) {
                return context.handleUnexpectedToken(handledType(), parser);
            }
            return kind == JsonShape.Kind.STRING && isNumber(parser.getString())
                    ? context.handleWeirdStringValue(handledType(), parser.getString(), "a number")
                    : super.deserialize(parser, context);
        }

        /** Seconds since 1970 as a string are no time. */
        private boolean isNumber(String text) {
            return TemporalAccessor.class.isAssignableFrom(handledType())
                    && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        }
    }

    /**
     * Has a value whose class says how its type is told ({@code @JsonTypeInfo} on what it extends) always tell it: also
     * as an element of a list, a value of a map, or where nothing of its declared type is known any more. Else what is
     * answered could not be posted back.
     */
    private static final class TypeAlways extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            return typed(bean, serializer);
        }

        @Override
        public ValueSerializer<?> modifyEnumSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return typed(bean, serializer);
        }

        @SuppressWarnings("unchecked") // it is given values of its own type only
        private static ValueSerializer<?> typed(BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            boolean tells = bean.getClassInfo().hasAnnotation(JsonTypeInfo.class);
            return tells
                    ? new TypeTeller((ValueSerializer<Object>) serializer, bean.getType(), Optional.empty())
                    : serializer;
        }
    }

    /** Writes a value with its type, whoever asks for it. */
    private static final class TypeTeller extends ValueSerializer<Object> {
        private final ValueSerializer<Object> content;
        private final JavaType type;
        private final Optional<TypeSerializer> teller;

        TypeTeller(ValueSerializer<Object> content, JavaType type, Optional<TypeSerializer> teller) {
            this.content = content;
            this.type = type;
            this.teller = teller;
        }

        @Override
        public void resolve(SerializationContext context) {
            content.resolve(context);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            var contextual = (ValueSerializer<Object>) content.createContextual(context, property);
            return new TypeTeller(contextual, type, Optional.ofNullable(context.findTypeSerializer(type)));
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            if (teller.isPresent()) {
                content.serializeWithType(value, generator, context, teller.get());
            } else {
                content.serialize(value, generator, context);
            }
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer asked) {
            content.serializeWithType(value, generator, context, asked);
        }

        @Override
        public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
            return content.unwrappingSerializer(names);
        }

        @Override
        public Class<?> handledType() {
            return content.handledType();
        }

        @Override
        public ValueSerializer<?> getDelegatee() {
            return content;
        }

        @Override
        public Iterator<PropertyWriter> properties() {
            return content.properties();
        }

        @Override
        public boolean usesObjectId() {
            return content.usesObjectId();
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object value) {
            return content.isEmpty(context, value);
        }
    }

    /** A component that has a default where the JSON has nothing; a null isn't nothing. */
    private static final class DefaultingDeserializer extends StdDeserializer<Object> {
        private final JavaType type;
        private final String written;
        private final ValueDeserializer<Object> content; // null before it is known
        private transient volatile Object kept; // null if it isn't known yet, or may be changed by who gets it

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

        /** A text is written without quotation marks, as in a request; anything else as JSON has it. */
        private JsonParser tokens(DeserializationContext context) {
            JsonShape.Kind kind = JsonShape.of(type.getRawClass()).kind();
            if (kind == JsonShape.Kind.STRING) {
                return context.getNodeFactory().stringNode(written).traverse(context);
            }
            return context.tokenStreamFactory().createParser(context, written);
        }
    }

    private static final class ProblemSerializer extends StdSerializer<ProblemDetail> {
        ProblemSerializer() {
            super(ProblemDetail.class);
        }

        @Override
        public void serialize(ProblemDetail problem, JsonGenerator generator, SerializationContext context) {
            context.writeValue(generator, problem.members());
        }
    }
}
