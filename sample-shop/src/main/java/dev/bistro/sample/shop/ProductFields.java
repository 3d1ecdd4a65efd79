package dev.bistro.sample.shop;

import dev.bistro.html.Html;
import java.util.Optional;

/** The fields of a form that describes a product. A browser checks what it can; {@link NewProduct} checks all. */
final class ProductFields {
    private ProductFields() {}

    /** Without values. */
    static Html empty() {
        return Html.of("{}{}{}{}", name("", ""), price("", ""), emoji("", ""), stock("", ""));
    }

    /** With the reader's values, and beside each what it is now, if that is something else. */
    static Html of(NewProduct yours, Product now) {
        Product wanted = yours.as(now.id(), now.version());
        return Html.of(
                "{}{}{}{}",
                name(wanted.name(), now.name()),
                price(wanted.price().toPlainString(), now.price().toPlainString()),
                emoji(wanted.emoji(), now.emoji()),
                stock(String.valueOf(wanted.stock()), String.valueOf(now.stock())));
    }

    private static Html name(String yours, String now) {
        return Html.of("""
                <label>Name <input name="name" required maxlength="100" pattern=".*\\S.*" title="Not only spaces" \
                autocomplete="off" value="{}">{}</label>
                """, yours, theirs(yours, now));
    }

    private static Html price(String yours, String now) {
        return Html.of("""
                <label>Price in euros <input name="price" required type="number" min="0" max="1000000" step="0.01" \
                value="{}">{}</label>
                """, yours, theirs(yours, now));
    }

    private static Html emoji(String yours, String now) {
        return Html.of("""
                <label>Emoji <input name="emoji" maxlength="16" autocomplete="off" value="{}">{}</label>
                """, yours, theirs(yours, now));
    }

    private static Html stock(String yours, String now) {
        return Html.of("""
                <label>Pieces in stock <input name="stock" required type="number" min="0" max="1000000" \
                value="{}">{}</label>
                """, yours, theirs(yours, now));
    }

    private static Optional<Html> theirs(String yours, String now) {
        return yours.equals(now)
                ? Optional.empty()
                : Optional.of(Html.of("<span class=\"theirs\">Now: {}</span>", now.isEmpty() ? "nothing" : now));
    }
}
