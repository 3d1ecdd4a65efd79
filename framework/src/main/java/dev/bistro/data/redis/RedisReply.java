package dev.bistro.data.redis;

import java.util.List;
import java.util.Optional;

/**
 * What Redis has answered. A text is a list of one.
 *
 * @param values texts, whole numbers ({@code Long}), lists of these, and null where there is nothing
 */
public record RedisReply(List<Object> values) {
    /** The first value as a text; empty if there is none. */
    public Optional<String> text() {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(values.get(0)).map(String::valueOf);
    }

    /** The value at an index as a text. */
    public String text(int index) {
        return String.valueOf(values.get(index));
    }

    /** The first value as a number. */
    public long number() {
        return Long.parseLong(text(0));
    }

    /** The list at an index; an empty one if there is nothing. */
    @SuppressWarnings("unchecked") // a list has what a reply has
    public RedisReply list(int index) {
        return new RedisReply(values.get(index) instanceof List<?> list ? (List<Object>) list : List.of());
    }

    /** How many values there are. */
    public int size() {
        return values.size();
    }
}
