package dev.bistro.http.spi;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.PercentCoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The decoded pairs of a query string or form, in their order: {@code a=1&b=x+y&a=2}. A name without {@code =} has an
 * empty value.
 */
public final class QueryParameters {
    /** No parameters. */
    public static final QueryParameters NONE = new QueryParameters(List.of());

    private final List<String> namesAndValues;

    private QueryParameters(List<String> namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * Reads a query string, without its question mark.
     *
     * @throws BadRequestException if the percent-encoding isn't valid
     */
    public static QueryParameters parse(String query) {
        var namesAndValues = new ArrayList<String>(8);
        int start = 0;
        while (start < query.length()) {
            int end = indexOf('&', query, start, query.length());
            if (end > start) {
                int nameEnd = indexOf('=', query, start, end);
                namesAndValues.add(PercentCoding.decodeForm(query, start, nameEnd));
                namesAndValues.add(nameEnd == end ? "" : PercentCoding.decodeForm(query, nameEnd + 1, end));
            }
            start = end + 1;
        }
        return new QueryParameters(namesAndValues);
    }

    private static int indexOf(char wanted, String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) != wanted) {
            at++;
        }
        return at;
    }

    /** Calls the action with each name and its value, in their order. */
    public void forEach(BiConsumer<String, String> taker) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            taker.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /** The values by their names, both in their order, as an unmodifiable map. */
    public Map<String, List<String>> toMap() {
        var map = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            map.computeIfAbsent(namesAndValues.get(i), key -> new ArrayList<>(1))
                    .add(namesAndValues.get(i + 1));
        }
        map.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(map);
    }

    /** The first value of this name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** All values of this name, in their order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>(1);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(name)) {
                values.add(namesAndValues.get(i + 1));
            }
        }
        return values;
    }
}
