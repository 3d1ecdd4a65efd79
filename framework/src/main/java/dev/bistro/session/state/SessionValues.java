package dev.bistro.session.state;

import dev.bistro.body.BodyCodecs;
import dev.bistro.body.BodyReader;
import dev.bistro.http.MediaType;
import dev.bistro.types.TypeNames;
import dev.bistro.types.Types;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the values of sessions as JSON, by the application's codecs. */
final class SessionValues {
    private static final Logger LOG = LoggerFactory.getLogger(SessionValues.class);

    private final BodyCodecs codecs;
    private final Map<Type, BodyReader> readers = new ConcurrentHashMap<>(); // of lists

    SessionValues(BodyCodecs codecs) {
        this.codecs = codecs;
    }

    /** The value as JSON. */
    String write(Object value) {
        return new String(codecs.anyJson().write(value), StandardCharsets.UTF_8);
    }

    /** The value that JSON stands for; empty if it isn't of the type. */
    <T> Optional<T> read(String name, String json, Class<T> type) {
        // As an element of a list it is JSON in any case; a text by itself would be read as it is.
        List<T> read = readList(name, "[" + json + "]", type);
        return read.isEmpty() ? Optional.empty() : Optional.ofNullable(read.get(0));
    }

    /** The list that JSON stands for; empty if it isn't one of the type. */
    @SuppressWarnings("unchecked") // the reader is one of List<T>
    <T> List<T> readList(String name, String json, Class<T> element) {
        BodyReader reader = readers.computeIfAbsent(boxed(element), this::listReader);
        try {
            var read = (List<T>) reader.read(json.getBytes(StandardCharsets.UTF_8), MediaType.JSON);
            return Collections.unmodifiableList(read);
        } catch (RuntimeException fault) {
            LOG.warn("The session's {} isn't a {} any more, and counts as absent", name, TypeNames.of(element));
            LOG.debug("The reason", fault);
            return List.of();
        }
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private BodyReader listReader(Type element) {
        return codecs.reader(Types.listOf(element), MediaType.JSON)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No codec reads " + TypeNames.of(element) + " as JSON: a session can't have such values"));
    }
}
