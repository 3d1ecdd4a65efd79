package dev.bistro.body;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.annotation.Header;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import dev.bistro.http.MediaType;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.UnprocessableContentException;
import dev.bistro.http.UnsupportedMediaTypeException;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Year;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON, by Jackson; no other class knows of it. What is strict here and what isn't, and why, is in the decision record
 * {@code json.md}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonCodec implements BodyCodec {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_LENGTH = 300;
    private static final int MAX_STRING_LENGTH = 20_000_000;
    private static final int MAX_SHOWN = 40;

    private static final List<MediaType> MEDIA_TYPES = List.of(MediaType.JSON, MediaType.of("application", "*+json"));
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);
    private static final Set<Class<?>> FLOATING = Set.of(double.class, Double.class, float.class, Float.class);

    private final JsonMapper mapper = mapper();

    /** The codec. */
    public JsonCodec() {}

    /** The module that looks into an application's classes to read and write them: one that is a module opens its packages to it. */
    public static Module module() {
        return JsonMapper.class.getModule();
    }

    @Override
    public List<MediaType> mediaTypes() {
        return MEDIA_TYPES;
    }

    // ---- the mapper

    private static JsonMapper mapper() {
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
                        .addSerializer(new ProblemSerializer())
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

    // ---- reading

    @Override
    public Optional<BodyReader> reader(Type type) {
        JavaType javaType = mapper.constructType(type);
        if (!canMake(javaType)) {
            return Optional.empty();
        }
        JsonMapper fitting = acceptsNullContent(javaType)
                ? mapper.rebuild()
                        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SET))
                        .build()
                : mapper;
        ObjectReader reader = fitting.readerFor(javaType);
        return Optional.of((body, mediaType) -> {
            requireUtf8(mediaType);
            InteroperableJson.check(body);
            return read(reader, javaType.getRawClass(), body);
        });
    }

    private static void requireUtf8(MediaType mediaType) {
        if (!Texts.isUtf8(mediaType)) {
            throw new UnsupportedMediaTypeException("JSON is read as UTF-8 only; send it so, without a charset");
        }
    }

    private static Object read(ObjectReader reader, Class<?> type, byte[] body) {
        try (JsonParser parser = reader.createParser(body)) {
            try {
                if (parser.nextToken() == null) {
                    throw new BadRequestException("A JSON body is required");
                }
                Object value = reader.readValue(parser);
                if (parser.nextToken() != null) {
                    throw malformed("Something follows the JSON", parser.currentTokenLocation());
                }
                if (value == null) {
                    throw unfit("", "expected " + JsonShape.of(type).words() + ", but was null");
                }
                return value;
            } catch (JacksonException e) {
                throw fault(e, parser);
            }
        }
    }

    /** What the client is told; nothing of it is Jackson's own wording, which names classes. A fault of ours is given back as it is. */
    private static RuntimeException fault(JacksonException e, JsonParser parser) {
        if (e.getCause() instanceof HttpException fromConstructor) {
            return fromConstructor;
        }
        if (e instanceof StreamConstraintsException) {
            return malformed(
                    "The JSON is nested too deep, or has a number or text that is too long", parser.currentLocation());
        }
        if (e instanceof InputCoercionException) {
            return unfit(pointer(e), "is too large or too small: " + shown(parser));
        }
        if (e instanceof StreamReadException) {
            boolean twice = e.getOriginalMessage().startsWith("Duplicate");
            return malformed(twice ? "The JSON has a property twice" : "Malformed JSON", e.getLocation());
        }
        if (e instanceof MismatchedInputException mismatch) {
            return unfit(mismatch, parser);
        }
        return isRefusal(e) ? unfit(pointer(e), "isn't a valid value") : e;
    }

    /** Whether a constructor turned a value down, by an exception that is about values; any other is a fault in it. */
    private static boolean isRefusal(JacksonException e) {
        return e instanceof ValueInstantiationException
                && (e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof DateTimeException);
    }

    private static BadRequestException malformed(String what, TokenStreamLocation where) {
        return new BadRequestException(what + ", at line " + where.getLineNr() + ", column " + where.getColumnNr());
    }

    private static RuntimeException unfit(MismatchedInputException e, JsonParser parser) {
        try {
            return unfit(pointer(e), mismatch(e, parser));
        } catch (JacksonException malformed) {
            // Strings are read when they are asked for, and this one has no end.
            return fault(malformed, parser);
        }
    }

    private static UnprocessableContentException unfit(String pointer, String detail) {
        String where = pointer.isEmpty() ? "" : " at " + pointer;
        return new UnprocessableContentException(
                "The body doesn't fit" + where + ": " + detail,
                List.of(new InvalidValue(InvalidValue.In.BODY, pointer, detail)));
    }

    /** The JSON pointer (RFC 6901) to the value. */
    private static String pointer(JacksonException e) {
        var pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? step.getIndex()
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static String mismatch(MismatchedInputException e, JsonParser parser) {
        // A value that was put aside first (a polymorphic one) comes from a parser of its own.
        JsonParser source = e.processor() instanceof JsonParser own ? own : parser;
        Class<?> type = expectedType(e);
        if (source.hasToken(JsonToken.END_OBJECT)) {
            return "is required";
        }
        if (type == null || source.currentToken() == null || e instanceof InvalidTypeIdException) {
            return "isn't a valid value";
        }
        JsonShape expected = JsonShape.of(type);
        String actual = actual(source, expected.kind());
        return expected.words().equals(actual)
                ? "isn't a valid value"
                : "expected " + expected.words() + ", but was " + actual;
    }

    /** The type that was wanted; for an element of an {@code int[]} and its like, Jackson names the array. */
    private static Class<?> expectedType(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        int last = e.getPath().size() - 1;
        boolean element = type != null
                && type.isArray()
                && last >= 0
                && type.isInstance(e.getPath().get(last).from());
        return element ? type.getComponentType() : type;
    }

    /** The value itself, if it is at least of the kind; otherwise its kind is what's wrong. */
    private static String actual(JsonParser parser, JsonShape.Kind expected) {
        JsonToken token = parser.currentToken();
        JsonShape.Kind kind = kind(token);
        boolean literal = kind == JsonShape.Kind.BOOLEAN;
        return literal || token.isScalarValue() && kind == expected ? shown(parser) : kind.words;
    }

    private static JsonShape.Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> JsonShape.Kind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonShape.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> JsonShape.Kind.BOOLEAN;
            case START_ARRAY, END_ARRAY -> JsonShape.Kind.ARRAY;
            default -> JsonShape.Kind.OBJECT;
        };
    }

    private static String shown(JsonParser parser) {
        String text = parser.getString();
        boolean all = text.codePointCount(0, text.length()) <= MAX_SHOWN;
        String shortened = all ? text : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
        return parser.hasToken(JsonToken.VALUE_STRING) ? '"' + shortened + '"' : shortened;
    }

    // ---- what can be read at all

    private boolean canMake(JavaType type) {
        DeserializationContext context = mapper._deserializationContext();
        try {
            return canMake(context.findRootValueDeserializer(type), new HashSet<>());
        } catch (JacksonException noDeserializer) {
            return false;
        }
    }

    private static boolean canMake(ValueDeserializer<?> deserializer, Set<ValueDeserializer<?>> seen) {
        if (deserializer == null || !seen.add(deserializer)) {
            return true;
        }
        if (deserializer instanceof BeanDeserializerBase bean) {
            return bean.getValueInstantiator().canInstantiate() && canMakeAll(bean.properties(), seen);
        }
        if (deserializer instanceof ContainerDeserializerBase<?> container) {
            return canMake(container.getContentDeserializer(), seen);
        }
        return !(deserializer instanceof AbstractDeserializer);
    }

    private static boolean canMakeAll(Iterator<SettableBeanProperty> properties, Set<ValueDeserializer<?>> seen) {
        while (properties.hasNext()) {
            if (!canMake(properties.next().getValueDeserializer(), seen)) {
                return false;
            }
        }
        return true;
    }

    private static boolean acceptsNullContent(JavaType type) {
        return type.getContentType() != null && type.getContentType().isJavaLangObject();
    }

    // ---- writing

    @Override
    public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
        JavaType javaType = mapper.constructType(type);
        if (isOpaque(javaType)) {
            return Optional.empty();
        }
        // A value (or an element) of a class that can be extended is written as what it is, not as what it was declared
        // to be.
        ObjectWriter writer = isExact(javaType) ? mapper.writerFor(javaType) : mapper.writer();
        return Optional.of(writer::writeValueAsBytes);
    }

    private static boolean isExact(JavaType type) {
        return type.getContentType() == null ? type.isFinal() : isExact(type.getContentType());
    }

    /** Whether nothing of such a value, or of its elements, can be seen: it would always be {@code {}}. */
    private boolean isOpaque(JavaType type) {
        JavaType seen = type.getContentType() == null ? type : type.getContentType();
        boolean known = !seen.isAbstract() && !seen.isJavaLangObject();
        return known
                && mapper._serializationContext().findTypedValueSerializer(seen, true) instanceof UnknownSerializer;
    }

    // ---- how Jackson is taught that

    /**
     * What has to be there: each parameter of a constructor, and no null, but for an {@link Optional} and an {@link Object}. And what stands for an enum's
     * constants: their labels, and when they are read their names too.
     */
    private static final class Presence extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member instanceof AnnotatedParameter && !OPTIONALS.contains(member.getRawType())
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

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            JsonSetter.Value written = super.findSetterInfo(config, annotated);
            if (!(annotated instanceof AnnotatedMember) || !written.equals(JsonSetter.Value.empty())) {
                return written;
            }
            JavaType type = annotated.getType();
            boolean nullable = OPTIONALS.contains(type.getRawClass()) || type.isJavaLangObject();
            return JsonSetter.Value.forValueNulls(
                    nullable ? Nulls.SET : Nulls.FAIL, acceptsNullContent(type) ? Nulls.SET : Nulls.FAIL);
        }
    }

    /**
     * Has the types whose deserializers take more than one kind of value take one: times (from numbers and arrays), what is made of a
     * text (from numbers), floating-point numbers (from {@code "NaN"}). A year alone may be a number.
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
            if (kind(parser.currentToken()) != kind) {
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
