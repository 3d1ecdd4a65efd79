package dev.bistro.sample.shop;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in a list of products: behind one of them. It keeps its meaning while products are added, changed and
 * removed, even the one that it is behind. Clients get it in links, and need not know what is in it. It is no secret,
 * and what comes back is checked as any other text of a client.
 *
 * @param sort the order of the list
 * @param key what the product is compared by, as {@link SortKey#of} gives it
 * @param id the product's number
 */
record Cursor(Sort sort, String key, long id) {
    private static final int MAX_LENGTH = 2_000;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9_-]+");

    /** The place behind a product. */
    static Cursor behind(Product product, Sort sort) {
        return new Cursor(sort, sort.key().of(product), product.id());
    }

    /**
     * Reads what {@link #toString} wrote. Bistro calls it for parameters of this type.
     *
     * @throws IllegalArgumentException for anything else, which is a 400
     */
    public static Cursor parse(String text) {
        return Optional.of(text)
                .filter(one -> one.length() <= MAX_LENGTH
                        && one.length() % 4 != 1
                        && BASE64.matcher(one).matches())
                .map(one -> new String(Base64.getUrlDecoder().decode(one), StandardCharsets.UTF_8))
                .flatMap(Cursor::read)
                .filter(cursor -> cursor.toString().equals(text))
                .orElseThrow(() -> new IllegalArgumentException("it isn't from a Link field"));
    }

    private static Optional<Cursor> read(String text) {
        String[] parts = text.split(" ", 3);
        return Stream.of(Sort.values())
                .filter(sort -> parts.length == 3 && sort.label().equals(parts[0]))
                .filter(sort -> SortKey.ID.matches(parts[1]) && sort.key().matches(parts[2]))
                .map(sort -> new Cursor(sort, parts[2], Long.parseLong(parts[1])))
                .findFirst();
    }

    /** A text that can stand in a query string as it is. */
    @Override
    public String toString() {
        String text = sort.label() + " " + id + " " + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
