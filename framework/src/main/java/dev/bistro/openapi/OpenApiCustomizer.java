package dev.bistro.openapi;

import java.util.Map;

/**
 * Changes the application's OpenAPI document after Bistro has made it of the routes. Bistro finds a class that
 * implements it, or a {@code @Bean} method that returns it, and calls it once, when somebody asks for the document for
 * the first time. Several are called by the names of their classes and methods.
 *
 * <pre>{@code
 * final class ShopDescription implements OpenApiCustomizer {
 *     public void customize(Map<String, Object> document) {
 *         document.put("servers", List.of(Map.of("url", "https://shop.example.org")));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface OpenApiCustomizer {
    /**
     * Changes the document. It is a tree of maps in their order, lists, texts, numbers, booleans and nulls, as JSON has
     * them; all maps and lists in it can be changed. An exception is logged, and the document is not there.
     */
    void customize(Map<String, Object> document);
}
