package dev.bistro.inject;

import dev.bistro.startup.Place;
import java.lang.reflect.Type;
import java.util.function.Supplier;

/**
 * An object that serves as a type which the framework asks for.
 *
 * @param type what the user said that it is: {@code MoneyConverter}, or {@code Converter<Money>} of a factory's method
 * @param place where that was said
 * @param object gives it, as injection would; not for use where there are problems
 */
public record Contribution(Type type, Place place, Supplier<Object> object) {}
