package dev.bistro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that is read from the settings at startup, and can be injected. Its component {@code pageSize} is the
 * setting {@code shop.page-size}, in the environment {@code SHOP_PAGE_SIZE}.
 *
 * <pre>{@code
 * @Config("shop")
 * record ShopConfig(
 *         @Description("where the products are kept") URI database,
 *         @Description("how many products a page has") @DefaultValue("20") int pageSize,
 *         Optional<Duration> timeout,
 *         List<String> admins) {
 *     ShopConfig {
 *         if (pageSize < 1) {
 *             throw new IllegalArgumentException("pageSize must be positive");
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A component without {@link DefaultValue} is required, unless it is an {@code Optional}, a {@code List}, a
 * {@code Set} or a {@code Map}. A setting that is missing, can't be converted, is rejected by the record's constructor,
 * or isn't one of the record's is a startup fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Config {
    /**
     * What the keys begin with: words of small letters and digits, with hyphens within and dots between:
     * {@code "shop"}, {@code "shop.price-list"}.
     */
    String value();
}
