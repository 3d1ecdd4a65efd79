package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.Nulls;
import dev.bistro.http.ProblemDetail;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * Sets up Jackson's mapper: what JSON is accepted, and how JSON is written. The reasons are in
 * {@code decisions/json.md}.
 */
final class JsonMapperFactory {
    /** The name of the module that Bistro adds itself. */
    static final String MODULE = "Bistro";

    private static final int MAX_DEPTH = 100;
    private static final int MAX_NUMBER_LENGTH = 300;
    private static final int MAX_STRING_LENGTH = 20_000_000;

    private JsonMapperFactory() {}

    /** A builder with all of it; modules and customizers of the application come after. */
    static JsonMapper.Builder builder(JsonOptions options) {
        JsonMapper.Builder builder = JsonMapper.builder(factory());
        rejectCoercions(builder);
        rejectNulls(builder);
        // JsonCodec looks for tokens after the value itself, to tell them from a value that doesn't fit.
        return builder.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .propertyNamingStrategy(options.naming().strategy())
                .changeDefaultPropertyInclusion(
                        usual -> usual.withValueInclusion(options.inclusion().include()))
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, options.failOnUnknownProperties())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .addModule(new SimpleModule(MODULE)
                        // keeps the order of the elements, so that pointers to them are right
                        .addAbstractTypeMapping(Set.class, LinkedHashSet.class)
                        .addSerializer(new ProblemSerializer())
                        .setSerializerModifier(new PolymorphicTypes())
                        .setDeserializerModifier(new StrictKinds()));
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

    private static void rejectCoercions(JsonMapper.Builder builder) {
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

    private static void rejectNulls(JsonMapper.Builder builder) {
        builder.annotationIntrospector(new AnnotationRules())
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL));
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
