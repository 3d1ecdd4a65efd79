package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bistro.body.ClientFault;
import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.InvalidValue;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Translates what is thrown while JSON is read into what the client is told. Jackson's own messages name classes, so
 * none of them is shown.
 */
final class JsonFaults {
    private static final int MAX_SHOWN = 40;
    private static final String NOT_VALID = "isn't a valid value";

    /** Said of a property that the type doesn't have, where none but its own are allowed. */
    static final String UNKNOWN = "is no property that is known here";

    private JsonFaults() {}

    /**
     * Translates anything thrown while a value was read: a client's fault becomes a 400 or 422, an answer that the
     * application threw is unwrapped, and a fault of the server stays as it is.
     */
    static RuntimeException fault(RuntimeException thrown, JsonParser parser) {
        if (thrown instanceof JacksonException e) {
            return fault(e, parser);
        }
        boolean isClients = !(thrown instanceof HttpException) && ClientFault.is(thrown);
        return isClients ? unfit("", NOT_VALID) : thrown;
    }

    private static RuntimeException fault(JacksonException e, JsonParser parser) {
        Throwable cause = e.getCause();
        if (cause instanceof HttpException fromConstructor) {
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
        if (e instanceof InvalidTypeIdException unknown) {
            return unfit(unknown);
        }
        if (e instanceof UnfitTextException unfit) {
            return unfit(pointer(e), unfit.detail());
        }
        if (e instanceof UnrecognizedPropertyException) {
            return unfit(pointer(e), UNKNOWN);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return unfit(mismatch, parser);
        }
        return cause == null ? e : thrown(e, cause);
    }

    /** Decides whether an exception of the code that makes the value is about the value, or a fault in that code. */
    private static RuntimeException thrown(JacksonException e, Throwable cause) {
        if (!ClientFault.is(cause)) {
            return e;
        }
        Optional<String> said = e instanceof ValueInstantiationException making
                ? ClientFault.message(cause, making.getType().getRawClass())
                : Optional.empty();
        return unfit(pointer(e), said.orElse(NOT_VALID));
    }

    /** The value names no type, or a type that it can't be. */
    private static RuntimeException unfit(InvalidTypeIdException e) {
        JsonTypeInfo info = typeInfo(e.getBaseType());
        boolean isProperty = info != null
                && info.use() != JsonTypeInfo.Id.DEDUCTION // no property says the type: all properties do
                && (info.include() == JsonTypeInfo.As.PROPERTY || info.include() == JsonTypeInfo.As.EXISTING_PROPERTY);
        if (!isProperty) {
            return unfit(pointer(e), NOT_VALID);
        }
        String name = info.property().isEmpty() ? info.use().getDefaultPropertyName() : info.property();
        return unfit(pointer(e) + step(name), e.getTypeId() == null ? "is required" : NOT_VALID);
    }

    /** How a type, or a type that it extends, tells its subtypes apart; null if it has none. */
    private static JsonTypeInfo typeInfo(JavaType type) {
        JsonTypeInfo own = type == null ? null : type.getRawClass().getAnnotation(JsonTypeInfo.class);
        return own != null || type == null
                ? own
                : Stream.concat(Stream.ofNullable(type.getSuperClass()), type.getInterfaces().stream())
                        .map(JsonFaults::typeInfo)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    static BadRequestException somethingFollows(JsonParser parser) {
        return malformed("Something follows the JSON", parser.currentTokenLocation());
    }

    private static BadRequestException malformed(String what, TokenStreamLocation where) {
        return new BadRequestException(what + ", at line " + where.getLineNr() + ", column " + where.getColumnNr());
    }

    private static RuntimeException unfit(MismatchedInputException e, JsonParser parser) {
        try {
            return unfit(pointer(e), mismatch(e, parser));
        } catch (JacksonException malformed) {
            // The parser reads strings lazily, and this one has no end.
            return fault(malformed, parser);
        }
    }

    static UnfitBodyException unfit(String pointer, String detail) {
        return UnfitBodyException.of(new InvalidValue(InvalidValue.In.BODY, pointer, detail));
    }

    /** The JSON pointer (RFC 6901) to the value. */
    private static String pointer(JacksonException e) {
        var pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            pointer.append(name == null ? "/" + step.getIndex() : step(name));
        }
        return pointer.toString();
    }

    /** A step of a pointer: {@code "/a~1b"}. */
    static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String mismatch(MismatchedInputException e, JsonParser parser) {
        // A polymorphic value is buffered first, and then has a parser of its own.
        JsonParser source = e.processor() instanceof JsonParser own ? own : parser;
        Class<?> type = expectedType(e);
        if (source.hasToken(JsonToken.END_OBJECT)) {
            return "is required";
        }
        if (type == null || source.currentToken() == null) {
            return NOT_VALID;
        }
        JsonShape expected = JsonShape.of(type);
        String actual = actual(source, expected.kind());
        return expected.words().equals(actual) ? NOT_VALID : "expected " + expected.words() + ", but was " + actual;
    }

    /** The expected type; for an element of an {@code int[]} or the like, Jackson names the array. */
    private static Class<?> expectedType(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        int last = e.getPath().size() - 1;
        boolean element = type != null
                && type.isArray()
                && last >= 0
                && type.isInstance(e.getPath().get(last).from());
        return element ? type.getComponentType() : type;
    }

    /** The value itself if it is of the expected kind; otherwise the kind that it is of. */
    private static String actual(JsonParser parser, JsonShape.Kind expected) {
        JsonToken token = parser.currentToken();
        JsonShape.Kind kind = kind(token);
        boolean literal = kind == JsonShape.Kind.BOOLEAN;
        return literal || token.isScalarValue() && kind == expected ? shown(parser) : kind.words;
    }

    static JsonShape.Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> JsonShape.Kind.STRING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonShape.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> JsonShape.Kind.BOOLEAN;
            case START_ARRAY, END_ARRAY -> JsonShape.Kind.ARRAY;
            default -> JsonShape.Kind.OBJECT;
        };
    }

    private static String shown(JsonParser parser) {
        return parser.hasToken(JsonToken.VALUE_STRING) ? shown(parser.getString()) : shortened(parser.getString());
    }

    /** A text in quotation marks, shortened if it is long. */
    static String shown(String text) {
        return '"' + shortened(text) + '"';
    }

    private static String shortened(String text) {
        boolean all = text.codePointCount(0, text.length()) <= MAX_SHOWN;
        return all ? text : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
