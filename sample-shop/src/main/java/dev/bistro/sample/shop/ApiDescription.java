package dev.bistro.sample.shop;

import dev.bistro.openapi.OpenApiCustomizer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves the pages for people out of the description of the API, which is for programs. */
final class ApiDescription implements OpenApiCustomizer {
    private static final Set<String> PAGES = Set.of("ShopPage", "EditPage");

    @Override
    public void customize(Map<String, Object> document) {
        ((Map<?, ?>) document.get("paths"))
                .keySet()
                .removeIf(path -> !path.toString().startsWith("/api/"));
        ((List<?>) document.get("tags")).removeIf(tag -> PAGES.contains(((Map<?, ?>) tag).get("name")));
    }
}
