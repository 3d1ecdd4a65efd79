package dev.bistro.sample.shop;

import dev.bistro.http.InvalidValue;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.UnprocessableContentException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Optional;

/** A product as a client describes it; the emoji may be left out. */
record NewProduct(String name, BigDecimal price, Optional<String> emoji) {
    private static final int MAX_NAME = 100;
    private static final int MAX_EMOJI = 16;
    private static final BigDecimal MAX_PRICE = new BigDecimal("1000000");

    /** Throws with every field that the shop can't take. */
    NewProduct check() {
        var errors = new ArrayList<InvalidValue>();
        if (name.isBlank() || name.length() > MAX_NAME) {
            errors.add(new InvalidValue(In.BODY, "/name", "must have 1 to " + MAX_NAME + " characters"));
        }
        if (price.signum() < 0
                || price.compareTo(MAX_PRICE) > 0
                || price.stripTrailingZeros().scale() > 2) {
            errors.add(new InvalidValue(
                    In.BODY, "/price", "must be from 0 to " + MAX_PRICE + ", with at most 2 decimal places"));
        }
        if (emoji.filter(text -> text.length() > MAX_EMOJI).isPresent()) {
            errors.add(new InvalidValue(In.BODY, "/emoji", "must have at most " + MAX_EMOJI + " characters"));
        }
        if (!errors.isEmpty()) {
            throw new UnprocessableContentException("The product is not valid", errors);
        }
        return this;
    }

    Product withId(long id) {
        return new Product(id, name, price, emoji.orElse(""));
    }
}
