package dev.bistro.testing;

import dev.bistro.Server;
import dev.bistro.body.json.ApplicationJson;
import dev.bistro.body.json.JsonCodec;
import dev.bistro.http.MediaType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** JSON as plain values: maps, lists, texts, numbers, booleans and null. */
final class Json {
    /** By the codec that an application has if it changes nothing. */
    static final Json USUAL = new Json(new JsonCodec());

    private final JsonCodec codec;

    private Json(JsonCodec codec) {
        this.codec = codec;
    }

    /** By the codec of a server's application. */
    static Json of(Server server) {
        return new Json(server.get(ApplicationJson.class).codec());
    }

    /** Reads a value of a type. */
    Object read(byte[] body, Type type) {
        return codec.reader(type)
                .orElseThrow(() -> new IllegalArgumentException("No JSON is read as " + type.getTypeName()))
                .read(body, MediaType.JSON);
    }

    /** What a value is in JSON: a map for a record, a text for an enum. */
    Object plain(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        return read(write(value), Object.class);
    }

    byte[] write(Object value) {
        return codec.writer(value.getClass(), MediaType.JSON)
                .orElseThrow(() -> new IllegalArgumentException("Can't be written as JSON: " + value))
                .write(value);
    }

    /** Whether both are the same JSON. Numbers are compared by value: 3.50 is 3.5. */
    static boolean isSame(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
            return map.keySet().equals(others.keySet())
                    && map.keySet().stream().allMatch(key -> isSame(map.get(key), others.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> others) {
            boolean same = list.size() == others.size();
            for (int i = 0; same && i < list.size(); i++) {
                same = isSame(list.get(i), others.get(i));
            }
            return same;
        }
        return one == null ? other == null : one.equals(other);
    }

    /**
     * What is at a pointer: {@code "/products/0/name"}.
     *
     * @throws NoSuchElementException if nothing is there; the message says how far the pointer leads
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
     */
    static Object at(Object json, String pointer) {
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("A JSON pointer begins with a slash: \"" + pointer + '"');
        }
        Object at = json;
        int end = 0;
        while (end < pointer.length()) {
            int next = pointer.indexOf('/', end + 1);
            int stop = next < 0 ? pointer.length() : next;
            String token = pointer.substring(end + 1, stop).replace("~1", "/").replace("~0", "~");
            String reached = pointer.substring(0, end);
            at = child(at, token)
                    .orElseThrow(
                            () -> new NoSuchElementException("there is no \"" + token + "\" at \"" + reached + '"'))
                    .value();
            end = stop;
        }
        return at;
    }

    private record Child(Object value) {}

    private static Optional<Child> child(Object parent, String token) {
        if (parent instanceof Map<?, ?> map && map.containsKey(token)) {
            return Optional.of(new Child(map.get(token)));
        }
        if (parent instanceof List<?> list && token.matches("0|[1-9][0-9]{0,8}")) {
            int index = Integer.parseInt(token);
            return index < list.size() ? Optional.of(new Child(list.get(index))) : Optional.empty();
        }
        return Optional.empty();
    }
}
