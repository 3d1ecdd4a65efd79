package dev.bistro.sample.shop;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What products are compared by: a column, and what a {@link Cursor} keeps of it. */
enum SortKey {
    ID("added", "id", "[1-9][0-9]{0,17}", product -> Long.toString(product.id()), Long::valueOf),
    NAME("name", "name_key", "[^\\p{Cc}\\p{Cs}]{1,300}", product -> ofName(product.name()), text -> text),
    PRICE("price", "price", "[0-9]{1,7}\\.[0-9]{2}", product -> product.price().toPlainString(), BigDecimal::new);

    private final String label;
    private final String column;
    private final Pattern pattern;
    private final Function<Product, String> text;
    private final Function<String, Object> value;

    SortKey(
            String label,
            String column,
            String pattern,
            Function<Product, String> text,
            Function<String, Object> value) {
        this.label = label;
        this.column = column;
        this.pattern = Pattern.compile(pattern);
        this.text = text;
        this.value = value;
    }

    /** How a name is compared, and searched: in lower case, which is Java's, whatever database there is. */
    static String ofName(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    String label() {
        return label;
    }

    /** The column of the table. */
    String column() {
        return column;
    }

    /** What a cursor keeps of a product. */
    String of(Product product) {
        return text.apply(product);
    }

    /** Whether {@link #of} may have given this. */
    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /** What the column is compared with. */
    Object value(String text) {
        return value.apply(text);
    }
}
