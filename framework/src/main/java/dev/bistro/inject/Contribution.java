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
 * @param priority the number of its {@code @Priority}; the smaller comes first
 * @param isOfLibrary whether a library brings it, so that the application's own come before it
 * @param object gives it, as injection would; only for use if there are no problems
 */
public record Contribution(Type type, Place place, int priority, boolean isOfLibrary, Supplier<Object> object) {
    /** The object of a class. */
    public static Contribution ofClass(Class<?> type, boolean isOfLibrary, Supplier<Object> object) {
        return new Contribution(type, Place.of(type), Standing.priority(type), isOfLibrary, object);
    }
}
