package dev.bistro.http;

/**
 * Makes values of a type of your own from the texts of paths, queries, headers and cookies. Bistro finds a class that
 * implements it and uses it for every parameter of that type; the same goes for a {@code @Bean} method that returns a
 * {@code Converter<Sku>}.
 *
 * <pre>{@code
 * final class SkuConverter implements Converter<Sku> {
 *     public Sku convert(String text) { return Sku.fromParts(text.split("-")); }
 * }
 * }</pre>
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface Converter<T> {
    /**
     * Converts a text.
     *
     * @throws IllegalArgumentException if it can't be converted; the client gets a 400 without the exception's text
     */
    T convert(String text);
}
