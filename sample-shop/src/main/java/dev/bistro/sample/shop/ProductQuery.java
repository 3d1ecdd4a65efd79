package dev.bistro.sample.shop;

import dev.bistro.annotation.DefaultValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Which products are asked for.
 *
 * @param q what their names have in them, in upper or lower case
 * @param sort their order; a minus turns it around
 * @param cursor where the page begins, as a Link field has it; the first page without one
 * @param limit how many at most
 */
record ProductQuery(
        Optional<@Size(max = 100) @PlainText String> q,
        @DefaultValue("added") Sort sort,
        Optional<Cursor> cursor,
        @DefaultValue(ProductQuery.LIMIT) @Min(1) @Max(100) int limit) {
    static final String LIMIT = "20";

    ProductQuery {
        if (cursor.isPresent() && cursor.get().sort() != sort) {
            throw new IllegalArgumentException(
                    "cursor is one of the order " + cursor.get().sort().label());
        }
    }

    /** What is searched for; empty for all products. */
    String search() {
        return q.map(String::strip).orElse("");
    }

    /** The same question for another page. */
    ProductQuery at(Optional<Cursor> place) {
        return new ProductQuery(q, sort, place, limit);
    }

    /**
     * Where this is answered: {@code address("/api/products")} is {@code /api/products?q=tea&sort=-price}.
     *
     * @param more further parameters, encoded: {@code done=saved}
     */
    String address(String path, String... more) {
        var parameters = new StringJoiner("&", "?", "").setEmptyValue("");
        if (!search().isEmpty()) {
            parameters.add("q=" + URLEncoder.encode(search(), StandardCharsets.UTF_8));
        }
        if (sort != Sort.ADDED) {
            parameters.add("sort=" + sort.label());
        }
        if (limit != Integer.parseInt(LIMIT)) {
            parameters.add("limit=" + limit);
        }
        cursor.ifPresent(place -> parameters.add("cursor=" + place));
        List.of(more).forEach(parameters::add);
        return path + parameters;
    }
}
