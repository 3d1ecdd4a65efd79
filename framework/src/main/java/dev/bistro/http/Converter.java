package dev.bistro.http;

/**
 * Makes values of a type of your own from the texts of paths, queries, headers, cookies and forms, and from strings in
 * JSON. Bistro finds a class that implements it and uses it for every parameter of that type; the same goes for a
 * {@code @Bean} method that returns a {@code Converter<Sku>}.
 *
 * <pre>{@code
 * final class SkuConverter implements Converter<Sku> {
 *     public Sku convert(String text) { return Sku.fromParts(text.split("-")); }
 *     public String format(Sku sku) { return sku.shelf() + "-" + sku.number(); }
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

    /**
     * The text of a value, of which {@link #convert} makes the value again: JSON has it as this string. Without this
     * method it is the value's {@code toString}, if the class has one of its own. A record has none that tells, so its
     * converter needs this method if the record is written as JSON; a startup fault says so.
     */
    default String format(T value) {
        return value.toString();
    }
}
