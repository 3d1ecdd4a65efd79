package dev.bistro.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Header fields in their order; names compare without regard to case. Immutable: {@link #with} and the like return a
 * copy. White space around a value isn't part of it.
 *
 * <pre>{@code
 * Headers headers = Headers.of("Content-Type", "text/plain").plus("Vary", "Accept");
 * headers.first("content-type");   // Optional[text/plain]
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5">RFC 9110, section 5</a>
 */
public interface Headers {
    /** The number of fields; a repeated one counts each time. */
    int size();

    /** The name of the field at an index from 0 to {@code size() - 1}, as it was written. */
    String name(int index);

    /** The value of the field at an index from 0 to {@code size() - 1}. */
    String value(int index);

    /** The index of the first field of this name at or after {@code from}, or -1 if there is none. */
    default int indexOf(String name, int from) {
        for (int i = from, size = size(); i < size; i++) {
            if (name(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether there is a field of this name. */
    default boolean contains(String name) {
        return indexOf(name, 0) >= 0;
    }

    /** The value of the first field of this name. */
    default Optional<String> first(String name) {
        int index = indexOf(name, 0);
        return index < 0 ? Optional.empty() : Optional.of(value(index));
    }

    /** The values of all fields of this name, in their order; empty if there is none. */
    default List<String> all(String name) {
        int index = indexOf(name, 0);
        if (index < 0) {
            return List.of();
        }
        var values = new ArrayList<String>(2);
        for (; index >= 0; index = indexOf(name, index + 1)) {
            values.add(value(index));
        }
        return values;
    }

    /**
     * The values of all fields of this name as one value, joined by {@code ", "}, as list-valued fields are to be read
     * (RFC 9110, section 5.3).
     */
    default Optional<String> combined(String name) {
        List<String> values = all(name);
        if (values.size() < 2) {
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
        }
        var joined = new StringJoiner(", ");
        values.forEach(joined::add);
        return Optional.of(joined.toString());
    }

    /**
     * The elements of a list-valued field (RFC 9110, section 5.6.1), those of repeated fields one after the other:
     * {@code elements("X-Tag")} of {@code X-Tag: a, b} and {@code X-Tag: "c, d"} is {@code [a, b, "c, d"]}. Empty ones
     * are left out, quoted ones keep their quotes.
     */
    default List<String> elements(String name) {
        return combined(name).map(HeaderLists::split).orElse(List.of());
    }

    /**
     * These fields, with those of this name replaced by one field.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character (a line break,
     *     above all)
     */
    default Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /**
     * These fields and others, which replace those of the same names:
     * {@code usual.with(Headers.of("Vary", "Accept", "Age", "60"))}.
     */
    default Headers with(Headers others) {
        return others.size() == 0 ? this : FieldList.copyOf(this).replacedBy(FieldList.copyOf(others));
    }

    /**
     * These fields and one more.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value has a control character (a line break,
     *     above all)
     */
    default Headers plus(String name, String value) {
        return FieldList.copyOf(this).append(name, value);
    }

    /** These fields without those of this name. */
    default Headers without(String name) {
        return contains(name)
                ? FieldList.copyOf(this).keep(index -> !name(index).equalsIgnoreCase(name))
                : this;
    }

    /** No fields. */
    static Headers empty() {
        return FieldList.EMPTY;
    }

    /**
     * Fields from names and values in turn: {@code Headers.of("Allow", "GET", "Vary", "Accept")}.
     *
     * @throws IllegalArgumentException if the count is odd, a name is not a token, or a value has a control character
     */
    static Headers of(String... namesAndValues) {
        return FieldList.of(namesAndValues);
    }
}
