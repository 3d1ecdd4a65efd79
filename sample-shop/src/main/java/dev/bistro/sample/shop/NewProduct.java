package dev.bistro.sample.shop;

import dev.bistro.annotation.DefaultValue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A product as a client describes it.
 *
 * @param name what it is called
 * @param price in euros, with cents
 * @param emoji a picture of it, in a character or two
 * @param stock how many pieces there are
 */
record NewProduct(
        @NotBlank @Size(max = 100) @PlainText String name,

        @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal price,

        Optional<@Size(max = 16) @PlainText String> emoji,

        @DefaultValue("0") @Min(0) @Max(1_000_000) int stock) {
    private static final int CENTS = 2;

    /** What a product is described by. */
    static NewProduct of(Product product) {
        return new NewProduct(product.name(), product.price(), Optional.of(product.emoji()), product.stock());
    }

    /** The product that this describes, as a database would give it back. */
    Product as(long id, long version) {
        return new Product(id, name, price.setScale(CENTS), emoji.orElse(""), stock, version);
    }
}
