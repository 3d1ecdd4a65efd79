package dev.bistro.body.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds all faults of a body, since Jackson stops at the first. Each value is divided into its parts until one is wrong
 * by itself; a value of which all parts are right is read as a whole. That costs more than reading, so it is bounded:
 * after so many values it stops.
 */
final class JsonFaultFinder {
    private static final int MAX_VALUES = 10_000;
    private static final int MAX_FAULTS = 100;
    private static final int MAX_NODES = 1_000_000; // of values that are read as a whole, counted each time
    private static final Object UNFIT = new Object();

    private final JsonMapper mapper;
    private final Map<String, InvalidValue> found = new HashMap<>();
    private final List<InvalidValue> inOrder = new ArrayList<>();
    private final List<UnfitBodyException.ReadPart> parts = new ArrayList<>();
    private int values;
    private int nodes;

    private JsonFaultFinder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The first fault with all others; the first alone if this class doesn't find it again. If what comes after the
     * first fault is no JSON, that is the fault: it matters more.
     */
    static RuntimeException all(UnfitBodyException first, JsonMapper mapper, JavaType type, byte[] body) {
        var faults = new JsonFaultFinder(mapper);
        try (JsonParser parser = mapper.createParser(body)) {
            JsonNode whole = faults.tree(parser);
            faults.examine(whole, ValueReader.of(type, mapper), "");
        } catch (BadRequestException malformed) {
            return malformed;
        } catch (LimitReached some) {
            // reports what was found until then
        } catch (RuntimeException indivisible) {
            return first;
        }
        boolean isSame = faults.found.containsKey(first.errors().get(0).name());
        return isSame ? UnfitBodyException.of(faults.inOrder, faults.parts) : first;
    }

    private JsonNode tree(JsonParser parser) {
        try {
            JsonNode whole = mapper.readTree(parser);
            if (parser.nextToken() != null) {
                throw JsonFaults.somethingFollows(parser);
            }
            return whole;
        } catch (JacksonException e) {
            throw JsonFaults.fault(e, parser);
        }
    }

    /** Ends the search. */
    private static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LimitReached() {
            super("Too many values", null, false, false);
        }
    }

    /** How values of a type are read. */
    private record ValueReader(JavaType type, ValueDeserializer<?> deserializer, TypeDeserializer typed) {
        static ValueReader of(JavaType type, JsonMapper mapper) {
            DeserializationContext context = mapper._deserializationContext();
            TypeDeserializer typed = context.findTypeDeserializer(type);
            return new ValueReader(type, context.findContextualValueDeserializer(type, null), typed);
        }

        Object read(JsonParser parser, DeserializationContext context) {
            return typed == null
                    ? deserializer.deserialize(parser, context)
                    : deserializer.deserializeWithType(parser, context, typed);
        }
    }

    /** Reads a value; {@link #UNFIT} if anything in it is wrong, which is then among the faults. */
    private Object examine(JsonNode node, ValueReader reader, String at) {
        if (++values > MAX_VALUES || inOrder.size() >= MAX_FAULTS) {
            throw new LimitReached();
        }
        boolean isFit = divide(node, reader, at);
        return isFit ? whole(node, reader, at) : UNFIT;
    }

    /** Whether all parts of a value are right, as far as it can be divided. */
    private boolean divide(JsonNode node, ValueReader reader, String at) {
        if (reader.typed != null) {
            Optional<Typed> typed = typed(node, reader, at);
            return typed.isEmpty() || divide(typed.get().node, typed.get().reader, typed.get().at);
        }
        if (reader.deserializer instanceof BeanDeserializerBase bean && node.isObject()) {
            return divide(node, bean, at);
        }
        if (reader.deserializer instanceof ContainerDeserializerBase<?> container
                && container.getContentDeserializer() != null
                && reader.type.getContentType() != null) {
            return divideContent(node, container, reader.type.getContentType(), at);
        }
        return !(reader.deserializer instanceof ReferenceTypeDeserializer<?>)
                || node.isNull()
                || examine(node, ValueReader.of(reader.type.getContentType(), mapper), at) != UNFIT;
    }

    // ---- polymorphic values

    /** A value whose type is known. */
    private record Typed(JsonNode node, ValueReader reader, String at) {}

    /**
     * The value with its type; empty if the type isn't known, or isn't named by a property: it is read as a whole then.
     */
    private Optional<Typed> typed(JsonNode node, ValueReader reader, String at) {
        String property = reader.typed.getPropertyName();
        return switch (reader.typed.getTypeInclusion()) {
            case PROPERTY, EXISTING_PROPERTY ->
                property != null && node.path(property).isString()
                        ? subtype(node.path(property).stringValue(), reader)
                                .map(sub -> new Typed(without(property, node), sub, at))
                        : Optional.empty();
            case WRAPPER_OBJECT ->
                node.isObject() && node.size() == 1
                        ? wrapped(node.properties().iterator().next(), reader, at)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private JsonNode without(String property, JsonNode node) {
        ObjectNode copy = mapper.createObjectNode();
        node.properties().stream()
                .filter(each -> !each.getKey().equals(property))
                .forEach(each -> copy.set(each.getKey(), each.getValue()));
        return copy;
    }

    private Optional<Typed> wrapped(Map.Entry<String, JsonNode> only, ValueReader reader, String at) {
        return subtype(only.getKey(), reader)
                .map(sub -> new Typed(only.getValue(), sub, at + JsonFaults.step(only.getKey())));
    }

    private Optional<ValueReader> subtype(String id, ValueReader reader) {
        DeserializationContext context = mapper._deserializationContext();
        return Optional.ofNullable(reader.typed.getTypeIdResolver().typeFromId(context, id))
                .map(type -> new ValueReader(type, context.findContextualValueDeserializer(type, null), null));
    }

    // ---- objects

    private boolean divide(JsonNode node, BeanDeserializerBase bean, String at) {
        Map<String, JsonNode> given = given(node, bean);
        var read = new ArrayList<UnfitBodyException.ReadPart>();
        boolean isFit = addUnknown(node, bean, at);
        for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            String there = at + JsonFaults.step(property.getName());
            JsonNode value = given.get(property.getName());
            if (value != null) {
                Object part = examine(value, property, there);
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

    /** Whether the object has no property that nobody knows, or may have such. */
    private boolean addUnknown(JsonNode node, BeanDeserializerBase bean, String at) {
        DeserializationContext context = mapper._deserializationContext();
        if (!context.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
            return true;
        }
        BeanDescription type = context.introspectBeanDescription(context.constructType(bean.handledType()));
        JsonIgnoreProperties.Value ignored =
                context.getConfig().getDefaultPropertyIgnorals(bean.handledType(), type.getClassInfo());
        boolean takesAny = type.findAnySetterAccessor() != null || ignored != null && ignored.getIgnoreUnknown();
        List<String> unknown = node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !takesAny && bean.findProperty(new PropertyName(name)) == null)
                .filter(name -> !type.getIgnoredPropertyNames().contains(name))
                .filter(name -> ignored == null || !ignored.getIgnored().contains(name))
                .toList();
        unknown.forEach(name -> add(at + JsonFaults.step(name), JsonFaults.UNKNOWN));
        return unknown.isEmpty();
    }

    /** The object's values by the properties that take them, also under an alias. */
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

    private Object examine(JsonNode value, SettableBeanProperty property, String at) {
        if (++values > MAX_VALUES || inOrder.size() >= MAX_FAULTS) {
            throw new LimitReached();
        }
        var reader = new ValueReader(
                property.getType(), property.getValueDeserializer(), property.getValueTypeDeserializer());
        boolean isFit = value.isNull() || divide(value, reader, at);
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

    // ---- lists, arrays and maps

    private boolean divideContent(JsonNode node, ContainerDeserializerBase<?> container, JavaType type, String at) {
        var reader = new ValueReader(
                type,
                container.getContentDeserializer(),
                mapper._deserializationContext().findTypeDeserializer(type));
        var read = new ArrayList<UnfitBodyException.ReadPart>();
        boolean isFit = true;
        int index = 0;
        for (JsonNode each : node.isArray() ? node : List.<JsonNode>of()) {
            isFit &= examineElement(each, reader, at + "/" + index++, read);
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            isFit &= examineElement(each.getValue(), reader, at + JsonFaults.step(each.getKey()), read);
        }
        if (!isFit) {
            parts.addAll(read);
        }
        return isFit;
    }

    private boolean examineElement(
            JsonNode node, ValueReader reader, String at, List<UnfitBodyException.ReadPart> read) {
        if (node.isNull()) {
            return true; // reading the whole tells whether a null is allowed
        }
        Object value = examine(node, reader, at);
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

    private Object whole(JsonNode node, ValueReader reader, String at) {
        return whole(node, reader::read, at);
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
                add(at, JsonFaults.fault(e, parser));
                return UNFIT;
            }
        }
    }

    /** Values nested deep are read again at each level, which has to end before it takes long. */
    private void count(JsonNode node) {
        if (++nodes > MAX_NODES) {
            throw new LimitReached();
        }
        if (node.isArray()) {
            node.forEach(this::count);
        } else {
            node.properties().forEach(property -> count(property.getValue()));
        }
    }

    private void add(String at, RuntimeException fault) {
        if (!(fault instanceof UnfitBodyException unfit)) {
            throw fault; // a fault of the server, or an answer of the application: the first fault stands for it
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
