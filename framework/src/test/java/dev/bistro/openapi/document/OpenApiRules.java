package dev.bistro.openapi.document;

import static java.util.Map.entry;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the specification demands of a document: which fields each object may and must have, and what these are; beyond
 * what a schema could say, that all addresses lead somewhere, that each variable of a path is a parameter, and that
 * operations' ids are unique. Schemas are checked by the meta-schema of JSON Schema 2020-12.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1.1</a>
 */
final class OpenApiRules {
    /** An object of the specification: its fields, and what each is; those with an exclamation mark are required. */
    private static final Map<String, Map<String, String>> OBJECTS = Map.ofEntries(
            entry(
                    "document",
                    Map.of(
                            "openapi!", "text",
                            "info!", "info",
                            "servers", "list of server",
                            "paths", "paths",
                            "components", "components",
                            "security", "list of requirement",
                            "tags", "list of tag")),
            entry("info", Map.of("title!", "text", "version!", "text", "summary", "text", "description", "text")),
            entry("server", Map.of("url!", "text", "description", "text")),
            entry("tag", Map.of("name!", "text", "description", "text")),
            entry("components", Map.of("schemas", "map of schema", "securitySchemes", "map of scheme")),
            entry("scheme", Map.of("type!", "text", "scheme", "text", "description", "text", "bearerFormat", "text")),
            entry(
                    "item",
                    Map.ofEntries(
                            entry("get", "operation"),
                            entry("put", "operation"),
                            entry("post", "operation"),
                            entry("delete", "operation"),
                            entry("options", "operation"),
                            entry("head", "operation"),
                            entry("patch", "operation"),
                            entry("trace", "operation"))),
            entry(
                    "operation",
                    Map.ofEntries(
                            entry("tags", "list of text"),
                            entry("summary", "text"),
                            entry("description", "text"),
                            entry("operationId", "text"),
                            entry("parameters", "list of parameter"),
                            entry("requestBody", "body"),
                            entry("responses", "map of response"),
                            entry("deprecated", "boolean"),
                            entry("security", "list of requirement"))),
            entry(
                    "parameter",
                    Map.of(
                            "name!", "text",
                            "in!", "text",
                            "description", "text",
                            "required", "boolean",
                            "deprecated", "boolean",
                            "style", "text",
                            "explode", "boolean",
                            "schema!", "schema")),
            entry("body", Map.of("description", "text", "content!", "map of media", "required", "boolean")),
            entry("media", Map.of("schema", "schema")),
            entry("response", Map.of("description!", "text", "headers", "map of header", "content", "map of media")),
            entry("header", Map.of("description", "text", "required", "boolean", "schema", "schema")));

    /** What version 3.2 adds. */
    private static final Map<String, Map<String, String>> ADDED = Map.of(
            "item", Map.of("query", "operation", "additionalOperations", "map of operation"),
            "media", Map.of("itemSchema", "schema"));

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final JsonNode document;
    private final boolean isNewer;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private OpenApiRules(JsonNode document) {
        this.document = document;
        this.isNewer = document.path("openapi").asString().startsWith("3.2");
    }

    /** What is wrong with a document; empty if nothing is. */
    static List<String> faults(JsonNode document) {
        var rules = new OpenApiRules(document);
        rules.check(document, "document", "#");
        rules.checkSchemas();
        return rules.faults;
    }

    private void check(JsonNode node, String kind, String at) {
        if (kind.startsWith("list of ")) {
            require(node.isArray(), at + " is no list");
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), kind.substring("list of ".length()), at + "/" + i);
            }
        } else if (kind.startsWith("map of ")) {
            require(node.isObject(), at + " is no map");
            node.properties().forEach(one -> check(one.getValue(), kind.substring(7), at + "/" + one.getKey()));
        } else {
            checkOne(node, kind, at);
        }
    }

    private void checkOne(JsonNode node, String kind, String at) {
        switch (kind) {
            case "text" -> require(node.isString() && !node.asString().isEmpty(), at + " is no text");
            case "boolean" -> require(node.isBoolean(), at + " is neither true nor false");
            case "schema" -> checkReferences(node, at);
            case "requirement" ->
                node.properties()
                        .forEach(one -> require(
                                !document.path("components")
                                        .path("securitySchemes")
                                        .path(one.getKey())
                                        .isMissingNode(),
                                at + " names no scheme: " + one.getKey()));
            case "paths" -> node.properties().forEach(one -> checkPath(one.getKey(), one.getValue(), at));
            default -> checkObject(node, kind, at);
        }
    }

    private void checkObject(JsonNode node, String kind, String at) {
        require(node.isObject(), at + " is no object");
        Map<String, String> fields = OBJECTS.get(kind);
        Map<String, String> more = isNewer ? ADDED.getOrDefault(kind, Map.of()) : Map.of();
        node.properties().forEach(one -> {
            String name = one.getKey();
            String field = fields.getOrDefault(name, fields.getOrDefault(name + "!", more.get(name)));
            if (field != null) {
                check(one.getValue(), field, at + "/" + name);
            } else {
                require(name.startsWith("x-"), at + " has " + name);
            }
        });
        fields.keySet().stream()
                .filter(name -> name.endsWith("!"))
                .map(name -> name.substring(0, name.length() - 1))
                .forEach(name -> require(node.has(name), at + " has no " + name));
        if (kind.equals("operation")) {
            require(ids.add(node.path("operationId").asString()), at + " has the operationId of another");
        }
    }

    private void checkPath(String path, JsonNode item, String at) {
        require(path.startsWith("/"), at + " has a path without a slash: " + path);
        check(item, "item", at + "/" + path);
        Set<String> variables = new TreeSet<>();
        for (Matcher found = VARIABLE.matcher(path); found.find(); ) {
            require(variables.add(found.group(1)), path + " has a variable twice");
        }
        item.properties().stream()
                .filter(one -> one.getValue().has("responses"))
                .forEach(one -> {
                    var declared = new TreeSet<String>();
                    var seen = new HashSet<String>();
                    one.getValue().path("parameters").forEach(parameter -> {
                        String in = parameter.path("in").asString();
                        String name = parameter.path("name").asString();
                        require(seen.add(in + " " + name), path + " has the parameter twice: " + name);
                        if (in.equals("path")) {
                            declared.add(name);
                            require(parameter.path("required").asBoolean(), path + ": not required: " + name);
                        }
                    });
                    require(
                            declared.equals(variables),
                            one.getKey() + " " + path + " has " + variables + " and describes " + declared);
                });
    }

    private void checkReferences(JsonNode node, String at) {
        JsonNode reference = node.path("$ref");
        if (reference.isString()) {
            boolean isThere = reference.asString().startsWith("#/")
                    && !document.at(reference.asString().substring(1)).isMissingNode();
            require(isThere, at + " leads nowhere: " + reference);
        }
        node.forEach(child -> checkReferences(child, at));
    }

    private void checkSchemas() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        document.path("components").path("schemas").properties().forEach(one -> {
            require(one.getKey().matches("[A-Za-z0-9._-]+"), "a schema has the name " + one.getKey());
            meta.validate(one.getValue()).forEach(error -> faults.add(one.getKey() + ": " + error));
        });
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
