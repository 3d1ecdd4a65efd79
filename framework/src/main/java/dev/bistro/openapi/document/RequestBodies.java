package dev.bistro.openapi.document;

import dev.bistro.description.DescribedBody;
import dev.bistro.description.DescribedParameter;
import dev.bistro.description.DescribedParameter.Source;
import dev.bistro.description.DescribedRoute;
import dev.bistro.http.MediaType;
import dev.bistro.types.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operations read of bodies: values, forms with files, and bytes. */
record RequestBodies(MediaContent media, Parameters parameters, DocumentWords words) {
    /** The body of a route's requests; empty if it reads none, or perhaps any. */
    Optional<Map<String, Object>> of(DescribedRoute route) {
        return route.body()
                .filter(body -> body.kind() != DescribedBody.Kind.ANY)
                .map(body -> Tree.of(
                        "description",
                        described(route),
                        "content",
                        content(route, body),
                        "required",
                        body.isRequired()));
    }

    private Optional<String> described(DescribedRoute route) {
        return route.parameters().stream()
                .filter(parameter -> parameter.source() == Source.BODY)
                .flatMap(parameter -> words.of(parameter.declared()).stream())
                .findFirst();
    }

    private Map<String, Object> content(DescribedRoute route, DescribedBody body) {
        var content = new LinkedHashMap<String, Object>();
        List<MediaType> types = body.mediaTypes().isEmpty() ? List.of(MediaType.ANY) : body.mediaTypes();
        boolean hasJson = types.contains(MediaType.JSON);
        for (MediaType type : types) {
            boolean isSuffix = type.subtype().startsWith("*+");
            if (isSuffix && hasJson) {
                continue; // no range that OpenAPI knows, and JSON says the same
            }
            String name = isSuffix ? type.type() + "/*" : type.toString();
            content.put(
                    name,
                    switch (body.kind()) {
                        case FORM -> Tree.of("schema", form(route, type));
                        case STREAM -> Tree.of("schema", MediaContent.bytes());
                        default -> media.input(body, type);
                    });
        }
        return content;
    }

    /** A form's fields; files only where they can be. */
    private Map<String, Object> form(DescribedRoute route, MediaType type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        var required = new ArrayList<Object>();
        boolean takesAny = false;
        for (DescribedParameter parameter : route.parameters()) {
            boolean isFile = parameter.source() == Source.FILE;
            takesAny |= parameter.source() == Source.FORM_ALL;
            if (parameter.source() != Source.FORM && !isFile) {
                continue;
            }
            Map<String, Object> schema = isFile ? file(parameter) : parameters.schema(parameter);
            words.of(parameter.declared()).ifPresent(text -> schema.put("description", text));
            properties.put(parameter.name(), schema);
            if (parameter.isRequired()) {
                required.add(parameter.name());
            }
        }
        Map<String, Object> form = Tree.of("type", "object", "properties", properties, "required", required);
        if (takesAny && !type.equals(MediaType.MULTIPART_FORM)) {
            form.put("additionalProperties", Tree.of("type", "string"));
        }
        return form;
    }

    private static Map<String, Object> file(DescribedParameter parameter) {
        Class<?> raw = Types.raw(parameter.type());
        return Collection.class.isAssignableFrom(raw) || raw.isArray()
                ? Tree.of("type", "array", "items", MediaContent.bytes())
                : MediaContent.bytes();
    }
}
