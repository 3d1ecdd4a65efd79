package dev.bistro.openapi.document;

import dev.bistro.body.json.JsonCodec;
import dev.bistro.description.DescribedApplication;
import dev.bistro.description.DescribedRoute;
import dev.bistro.openapi.OpenApiCustomizer;
import dev.bistro.openapi.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The OpenAPI document of an application, as a tree.
 *
 * @param application the application's class, for title, version and description
 * @param version the version of the specification
 * @param codec reads and writes the application's JSON
 * @param customizers change the document at last, in this order
 */
public record OpenApiDocument(
        Class<?> application, OpenApiVersion version, JsonCodec codec, List<OpenApiCustomizer> customizers) {
    /** Copies the list. */
    public OpenApiDocument {
        customizers = List.copyOf(customizers);
    }

    /** The document of these routes. */
    public Map<String, Object> create(DescribedApplication described) {
        var words = new DocumentWords();
        var schemas = new Schemas(codec, words);
        var media = new MediaContent(schemas, version);
        var parameters = new Parameters(schemas, words);
        var security = new SecuritySchemes(described.challenges());
        var operations = new Operations(
                new OperationNames(),
                words,
                parameters,
                new RequestBodies(media, parameters, words),
                new Responses(schemas, media, words),
                media,
                security);
        var paths = new PathItems(version);
        List<DescribedRoute> shown =
                described.routes().stream().filter(PathItems::isShown).toList();
        shown.forEach(route -> paths.add(route, operations));
        Map<String, Object> document = Tree.of("openapi", version.number(), "info", info(words));
        document.put("paths", schemas.resolve(paths.all()));
        Map<String, Object> components = Tree.of("schemas", schemas.components(), "securitySchemes", security.all());
        if (!components.isEmpty()) {
            document.put("components", components);
        }
        List<Object> tags = tags(shown, words);
        if (!tags.isEmpty()) {
            document.put("tags", tags);
        }
        @SuppressWarnings("unchecked") // a copy of a map is a map; all of it can be changed
        var whole = (Map<String, Object>) schemas.resolve(document);
        customizers.forEach(customizer -> customizer.customize(whole));
        return whole;
    }

    private Map<String, Object> info(DocumentWords words) {
        String name = application.getSimpleName().replaceFirst("(?<=.)Application$", "");
        String version = application.getPackage() == null
                ? null
                : application.getPackage().getImplementationVersion();
        return Tree.of(
                "title",
                name.isEmpty() ? "API" : name,
                "description",
                words.of(application),
                "version",
                version == null ? "1" : version);
    }

    private static List<Object> tags(List<DescribedRoute> routes, DocumentWords words) {
        var tags = new LinkedHashMap<String, Object>();
        for (DescribedRoute route : routes) {
            String name = OperationNames.tag(route);
            tags.computeIfAbsent(
                    name,
                    none -> Tree.of(
                            "name", name, "description", route.controller().flatMap(words::of)));
        }
        return List.copyOf(tags.values());
    }
}
