package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Type;
import java.util.function.Supplier;

/**
 * An object of a type that the framework collects from the application, such as a converter.
 *
 * @param type the type that the user's code names: {@code MoneyConverter}, or {@code Converter<Money>} of a @Bean
 *     method
 * @param place where that is written
 * @param object gives it, as injection would; only for use if there are no problems
 */
public record Contribution(Type type, Place place, Supplier<Object> object) {}
