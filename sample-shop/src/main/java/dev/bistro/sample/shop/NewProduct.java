package dev.bistro.sample.shop;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
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
 */
record NewProduct(
        @NotBlank @Size(max = 100) String name,

        @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal price,

        Optional<@Size(max = 16) String> emoji) {
    Product as(long id, long version) {
        return new Product(id, name, price, emoji.orElse(""), version);
    }
}
