package dev.bistro.json;

import tools.jackson.databind.json.JsonMapper;

/**
 * Adjusts how the application's JSON is read and written, where the settings {@code json.*} and Jackson's modules don't
 * suffice. Bistro finds a class that implements it, or a {@code @Bean} method that returns it, and calls it once at
 * startup, after its own set-up, the settings and all modules. Several are called by the names of their classes and
 * methods.
 *
 * <pre>{@code
 * final class SortedJson implements JsonMapperCustomizer {
 *     public void customize(JsonMapper.Builder builder) {
 *         builder.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
 *                 .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST);   // {"id":7,"name":"Tea"} of any record
 *     }
 * }
 * }</pre>
 *
 * <p>What Bistro guarantees stays: a mapper that reads more than JSON, lets a client choose classes, or gives a null
 * where none was sent is a startup fault.
 */
@FunctionalInterface
public interface JsonMapperCustomizer {
    /** Changes the builder of the mapper; an exception is a startup fault. */
    @SuppressWarnings("exports") // only who customizes Jackson reads its module, and requires it
    void customize(JsonMapper.Builder builder);
}
