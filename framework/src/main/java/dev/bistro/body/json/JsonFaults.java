package dev.bistro.body.json;

import dev.bistro.body.UnfitBodyException;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.InvalidValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;

/**
 * Finds all that is wrong with a body of which the first fault is known, where Jackson ends: each value is divided into
 * its parts until one is wrong by itself, and what consists of good parts only is tried as a whole. It costs more than
 * reading, and so is bounded: what comes after so many values isn't looked at any more.
 */
final class JsonFaults {
    private static final int MAX_VALUES = 10_000;
    private static final int MAX_FAULTS = 100;
    private static final int MAX_NODES = 1_000_000; // of the values that are tried as a whole, counted each time
    private static final Object UNFIT = new Object();

    private final JsonMapper mapper;
    private final Map<String, InvalidValue> found = new HashMap<>();
    private final List<InvalidValue> inOrder = new ArrayList<>();
    private final List<UnfitBodyException.ReadPart> parts = new ArrayList<>();
    private int values;
    private int nodes;

    private JsonFaults(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The first fault with all others; as it is, if it isn't found again by its parts. What comes after the first fault
     * may be no JSON at all: that says more of the body than what doesn't fit.
     */
    static RuntimeException all(UnfitBodyException first, JsonMapper mapper, JavaType type, byte[] body) {
        var faults = new JsonFaults(mapper);
        try (JsonParser parser = mapper.createParser(body)) {
            JsonNode whole = faults.tree(parser);
            faults.look(whole, Way.of(type, mapper), "");
        } catch (BadRequestException malformed) {
            return malformed;
        } catch (Enough some) {
            // What was found is told.
        } catch (RuntimeException notToBeDivided) {
            return first;
        }
        boolean isSame = faults.found.containsKey(first.errors().get(0).name());
        return isSame ? UnfitBodyException.of(faults.inOrder, faults.parts) : first;
    }

    private JsonNode tree(JsonParser parser) {
        try {
            JsonNode whole = mapper.readTree(parser);
            if (parser.nextToken() != null) {
                throw JsonWords.somethingFollows(parser);
            }
            return whole;
        } catch (JacksonException e) {
            throw JsonWords.fault(e, parser);
        }
    }

    /** There is no use in looking on. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("Too much to look at", null, false, false);
        }
    }

    /** How values of a type are read. */
    private record Way(JavaType type, ValueDeserializer<?> deserializer, TypeDeserializer typed) {
        static Way of(JavaType type, JsonMapper mapper) {
            DeserializationContext context = mapper._deserializationContext();
            TypeDeserializer typed = context.findTypeDeserializer(type);
            return new Way(type, context.findContextualValueDeserializer(type, null), typed);
        }

        Object read(JsonParser parser, DeserializationContext context) {
            return typed == null
                    ? deserializer.deserialize(parser, context)
                    : deserializer.deserializeWithType(parser, context, typed);
        }
    }

    /** What is read of a value; {@link #UNFIT} if anything in it is wrong, which is among the faults then. */
    private Object look(JsonNode node, Way way, String at) {
        if (++values > MAX_VALUES || inOrder.size() >= MAX_FAULTS) {
            throw new Enough();
        }
        boolean isFit = divide(node, way, at);
        return isFit ? whole(node, way, at) : UNFIT;
    }

    /** Whether all parts of a value are fit, as far as it can be divided. */
    private boolean divide(JsonNode node, Way way, String at) {
        if (way.typed != null) {
            Optional<Typed> typed = typed(node, way, at);
            return typed.isEmpty() || divide(typed.get().node, typed.get().way, typed.get().at);
        }
        if (way.deserializer instanceof BeanDeserializerBase bean && node.isObject()) {
            return divide(node, bean, at);
        }
        if (way.deserializer instanceof ContainerDeserializerBase<?> container
                && container.getContentDeserializer() != null
                && way.type.getContentType() != null) {
            return divideContent(node, container, way.type.getContentType(), at);
        }
        return !(way.deserializer instanceof ReferenceTypeDeserializer<?>)
                || node.isNull()
                || look(node, Way.of(way.type.getContentType(), mapper), at) != UNFIT;
    }

    // ---- what is of several types

    /** A value whose type is known. */
    private record Typed(JsonNode node, Way way, String at) {}

    /** Empty if its type can't be told, or isn't told by a property of it: then it is tried as a whole. */
    private Optional<Typed> typed(JsonNode node, Way way, String at) {
        String property = way.typed.getPropertyName();
        return switch (way.typed.getTypeInclusion()) {
            case PROPERTY, EXISTING_PROPERTY ->
                property != null && node.path(property).isString()
                        ? subtype(node.path(property).stringValue(), way).map(sub -> new Typed(node, sub, at))
                        : Optional.empty();
            case WRAPPER_OBJECT ->
                node.isObject() && node.size() == 1
                        ? wrapped(node.properties().iterator().next(), way, at)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Typed> wrapped(Map.Entry<String, JsonNode> only, Way way, String at) {
        return subtype(only.getKey(), way)
                .map(sub -> new Typed(only.getValue(), sub, at + JsonWords.step(only.getKey())));
    }

    private Optional<Way> subtype(String id, Way way) {
        DeserializationContext context = mapper._deserializationContext();
        return Optional.ofNullable(way.typed.getTypeIdResolver().typeFromId(context, id))
                .map(type -> new Way(type, context.findContextualValueDeserializer(type, null), null));
    }

    // ---- objects

    private boolean divide(JsonNode node, BeanDeserializerBase bean, String at) {
        Map<String, JsonNode> given = given(node, bean);
        var read = new ArrayList<UnfitBodyException.ReadPart>();
        boolean isFit = true;
        for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            String there = at + JsonWords.step(property.getName());
            JsonNode value = given.get(property.getName());
            if (value != null) {
                Object part = look(value, property, there);
                isFit &= part != UNFIT;
                if (part != UNFIT) {
                    read.add(new UnfitBodyException.ReadPart(there, bean.handledType(), name(property, bean), part));
                }
            } else if (property.isCreatorProperty() && property.isRequired()) {
                add(there, "is required");
                isFit = false;
            }
        }
        if (!isFit) {
            parts.addAll(read);
        }
        return isFit;
    }

    /** The object's values by the properties that take them, by whatever name. */
    private static Map<String, JsonNode> given(JsonNode node, BeanDeserializerBase bean) {
        var given = new HashMap<String, JsonNode>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            SettableBeanProperty property = bean.findProperty(new PropertyName(each.getKey()));
            if (property != null) {
                given.put(property.getName(), each.getValue());
            }
        }
        return given;
    }

    private Object look(JsonNode value, SettableBeanProperty property, String at) {
        if (++values > MAX_VALUES || inOrder.size() >= MAX_FAULTS) {
            throw new Enough();
        }
        var way = new Way(property.getType(), property.getValueDeserializer(), property.getValueTypeDeserializer());
        boolean isFit = value.isNull() || divide(value, way, at);
        return isFit ? whole(value, property::deserialize, at) : UNFIT;
    }

    /** The name of a property in its class, which may be another than in the JSON. */
    private static String name(SettableBeanProperty property, BeanDeserializerBase bean) {
        if (property.getMember() instanceof AnnotatedParameter parameter
                && bean.handledType().isRecord()) {
            return bean.handledType()
                    .getRecordComponents()[parameter.getIndex()]
                    .getName();
        }
        return property.getMember() == null
                ? property.getName()
                : property.getMember().getName();
    }

    // ---- lists, maps and their kin

    private boolean divideContent(JsonNode node, ContainerDeserializerBase<?> container, JavaType type, String at) {
        var way = new Way(
                type,
                container.getContentDeserializer(),
                mapper._deserializationContext().findTypeDeserializer(type));
        var read = new ArrayList<UnfitBodyException.ReadPart>();
        boolean isFit = true;
        int index = 0;
        for (JsonNode each : node.isArray() ? node : List.<JsonNode>of()) {
            isFit &= lookAtElement(each, way, at + "/" + index++, read);
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            isFit &= lookAtElement(each.getValue(), way, at + JsonWords.step(each.getKey()), read);
        }
        if (!isFit) {
            parts.addAll(read);
        }
        return isFit;
    }

    private boolean lookAtElement(JsonNode node, Way way, String at, List<UnfitBodyException.ReadPart> read) {
        if (node.isNull()) {
            return true; // whether that may be is said by the whole
        }
        Object value = look(node, way, at);
        if (value != UNFIT) {
            read.add(new UnfitBodyException.ReadPart(at, null, null, value));
        }
        return value != UNFIT;
    }

    // ---- values as a whole

    /** Reads a value. */
    @FunctionalInterface
    private interface Reading {
        Object read(JsonParser parser, DeserializationContext context);
    }

    private Object whole(JsonNode node, Way way, String at) {
        return whole(node, way::read, at);
    }

    private Object whole(JsonNode node, Reading reading, String at) {
        count(node);
        DeserializationContextExt context = mapper._deserializationContext();
        try (JsonParser parser = mapper.treeAsTokens(node)) {
            context.assignParser(parser);
            parser.nextToken();
            try {
                return reading.read(parser, context);
            } catch (RuntimeException e) {
                add(at, JsonWords.fault(e, parser));
                return UNFIT;
            }
        }
    }

    /** What is nested deep is read again at each depth, which ends before it becomes much. */
    private void count(JsonNode node) {
        if (++nodes > MAX_NODES) {
            throw new Enough();
        }
        if (node.isArray()) {
            node.forEach(this::count);
        } else {
            node.properties().forEach(property -> count(property.getValue()));
        }
    }

    private void add(String at, RuntimeException fault) {
        if (!(fault instanceof UnfitBodyException unfit)) {
            throw fault; // ours, or an answer of the application's; the first one says it
        }
        unfit.errors().forEach(error -> add(at + error.name(), error.detail()));
    }

    private void add(String pointer, String detail) {
        var error = new InvalidValue(InvalidValue.In.BODY, pointer, detail);
        if (found.put(pointer, error) == null) {
            inOrder.add(error);
        }
    }
}
