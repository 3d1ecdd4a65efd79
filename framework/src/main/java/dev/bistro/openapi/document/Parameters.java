package dev.bistro.openapi.document;

import dev.bistro.annotation.IfMatch;
import dev.bistro.config.Secret;
import dev.bistro.description.DescribedParameter;
import dev.bistro.description.DescribedParameter.Source;
import dev.bistro.description.DescribedPath;
import dev.bistro.description.DescribedRoute;
import dev.bistro.openapi.schema.Schemas;
import dev.bistro.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of operations: of paths, queries, header fields and cookies. */
record Parameters(Schemas schemas, DocumentWords words) {
    /** Those that are described in another way (section "Parameter Object"). */
    private static final Set<String> NO_PARAMETERS = Set.of("accept", "content-type", "authorization");

    /** The parameters of a route, with those of its conditions. */
    List<Object> of(DescribedRoute route, DescribedPath shown) {
        var all = new ArrayList<Object>();
        for (int i = 0; i < route.path().variables().size(); i++) {
            DescribedPath.Variable variable = route.path().variables().get(i);
            all.add(path(route, variable, shown.variables().get(i).name()));
        }
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (DescribedParameter parameter : route.parameters()) {
            switch (parameter.source()) {
                case QUERY, COOKIE -> all.add(named(parameter));
                case QUERY_ALL -> all.add(anyQuery(parameter));
                case HEADER -> {
                    if (headers.add(parameter.name())
                            && !NO_PARAMETERS.contains(parameter.name().toLowerCase(Locale.ROOT))) {
                        all.add(named(parameter));
                    }
                }
                default -> {
                    // no parameter here
                }
            }
        }
        new Conditions(route).parameters().forEach((name, description) -> {
            if (headers.add(name)) {
                all.add(Tree.of(
                        "name", name, "in", "header", "description", description, "schema", Tree.of("type", "string")));
            }
        });
        return all;
    }

    private Map<String, Object> path(DescribedRoute route, DescribedPath.Variable variable, String shown) {
        Optional<DescribedParameter> declared = route.parameters().stream()
                .filter(parameter -> parameter.source() == Source.PATH)
                .filter(parameter -> parameter.name().equals(variable.name()))
                .findFirst();
        Map<String, Object> schema = declared.map(this::schema).orElseGet(() -> Tree.of("type", "string"));
        if (schema.containsKey("type") && "string".equals(schema.get("type"))) {
            variable.regex().ifPresent(regex -> schema.putIfAbsent("pattern", "^(?:" + regex + ")$"));
            variable.type().ifPresent(type -> constrain(schema, type));
        }
        Optional<String> rest =
                variable.isRest() ? Optional.of("The rest of the path, with slashes.") : Optional.empty();
        return Tree.of(
                "name",
                shown,
                "in",
                "path",
                "description",
                declared.flatMap(parameter -> words.of(parameter.declared())).or(() -> rest),
                "required",
                true,
                "schema",
                schema);
    }

    private static void constrain(Map<String, Object> schema, String type) {
        switch (type) {
            case "uuid", "date" -> schema.putIfAbsent("format", type);
            case "int", "long" -> schema.putIfAbsent("pattern", "^-?[0-9]+$");
            case "alpha" -> schema.putIfAbsent("pattern", "^[A-Za-z]+$");
            default -> {
                // no more to say
            }
        }
    }

    private Map<String, Object> named(DescribedParameter parameter) {
        return Tree.of(
                "name",
                parameter.name(),
                "in",
                parameter.source().name().toLowerCase(Locale.ROOT),
                "description",
                words.of(parameter.declared()),
                "required",
                parameter.isRequired(),
                "deprecated",
                parameter.declared().isAnnotationPresent(Deprecated.class),
                "schema",
                schema(parameter));
    }

    private Map<String, Object> anyQuery(DescribedParameter parameter) {
        Map<String, Object> all = Tree.of("type", "object", "additionalProperties", Tree.of("type", "string"));
        return Tree.of(
                "name",
                parameter.name(),
                "in",
                "query",
                "description",
                words.of(parameter.declared()),
                "style",
                "form",
                "explode",
                true,
                "schema",
                all);
    }

    /** The schema of a parameter, with its constraints and its default. */
    Map<String, Object> schema(DescribedParameter parameter) {
        if (parameter.declared().isAnnotationPresent(IfMatch.class)) {
            return Tree.of("type", "string"); // an entity tag, of which the value is a part
        }
        boolean isSecret = parameter.type() == Secret.class || Types.argument(parameter.type()) == Secret.class;
        if (isSecret) {
            return Tree.of("type", "string", "format", "password"); // no default: it would be read here
        }
        Map<String, Object> schema = schemas.constrained(
                schemas.text(parameter.type(), parameter.byApplication()),
                parameter.constraints(),
                parameter.declared());
        parameter
                .defaultText()
                .flatMap(text -> DefaultValues.of(text, schema))
                .ifPresent(value -> schema.put("default", value));
        return schema;
    }
}
