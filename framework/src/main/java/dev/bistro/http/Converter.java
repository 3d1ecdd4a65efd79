package dev.bistro.http;

/**
 * Makes values of a type of yours from the texts of paths, queries, headers and cookies. A class that implements it is found and used
 * for every parameter of that type; so is what a {@code @Bean} method returns as a {@code Converter<Sku>}.
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
     * @throws IllegalArgumentException if it can't be converted; the client gets a 400 without this exception's text
     */
    T convert(String text);
}
