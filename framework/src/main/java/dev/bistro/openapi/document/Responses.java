package dev.bistro.openapi.document;

import dev.bistro.description.DescribedError;
import dev.bistro.description.DescribedHeader;
import dev.bistro.description.DescribedResponse;
import dev.bistro.description.DescribedRoute;
import dev.bistro.http.EntityTag;
import dev.bistro.http.MediaType;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Status;
import dev.bistro.openapi.schema.Schemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The answers of operations, by status: results, and problems. */
record Responses(Schemas schemas, MediaContent media, DocumentWords words) {
    private static final String DEFAULT = "default";
    private static final String ANY_PROBLEM = "Another problem.";

    /** All answers of a route. */
    Map<String, Object> of(DescribedRoute route) {
        var all = new TreeMap<String, Map<String, Object>>();
        Optional<String> result = route.handler().flatMap(words::ofResult);
        route.responses().forEach(response -> add(response, result, all));
        route.errors().forEach(error -> add(error, all));
        Map<String, Object> other = all.computeIfAbsent(DEFAULT, none -> Tree.of("description", ANY_PROBLEM));
        route.failures().forEach(failure -> addFailure(failure, all));
        Tree.at(other, "content").putIfAbsent(MediaType.PROBLEM_JSON.toString(), problem());
        return new LinkedHashMap<>(all);
    }

    private void add(DescribedResponse response, Optional<String> result, Map<String, Map<String, Object>> all) {
        String key =
                response.status().map(status -> String.valueOf(status.code())).orElse(DEFAULT);
        Map<String, Object> own = all.computeIfAbsent(key, none -> Tree.of("description", words(response, result)));
        for (DescribedHeader header : response.headers()) {
            if (!header.name().equals("*") && !header.name().equalsIgnoreCase("Content-Type")) {
                addHeader(header, own);
            }
        }
        if (hasBody(response)) {
            addContent(response, own);
        }
        if (response.isStatusChosen()) {
            all.computeIfAbsent(DEFAULT, none -> Tree.of("description", "The result says which status it has."));
        }
    }

    private static boolean hasBody(DescribedResponse response) {
        return response.content() != DescribedResponse.Content.NONE
                && response.content() != DescribedResponse.Content.WEB_SOCKET;
    }

    private void addContent(DescribedResponse response, Map<String, Object> own) {
        MediaType type = response.mediaType().orElse(MediaType.ANY);
        Tree.at(own, "content").merge(withoutCharset(type), media.output(response, type), Responses::either);
    }

    /**
     * What a method for exceptions answers. Nothing says which exceptions a route has, so that it is among the other
     * answers, and among the errors of its status.
     */
    private void addFailure(DescribedResponse failure, Map<String, Map<String, Object>> all) {
        if (hasBody(failure)) {
            all.forEach((key, response) -> {
                boolean isOfStatus = failure.status()
                        .filter(status -> !failure.isStatusChosen())
                        .map(status -> key.equals(String.valueOf(status.code())))
                        .orElse(key.startsWith("4") || key.startsWith("5"));
                if (isOfStatus || key.equals(DEFAULT)) {
                    addContent(failure, response);
                }
            });
        }
    }

    /** Two results of one status and media type. */
    private static Object either(Object before, Object more) {
        Object one = ((Map<?, ?>) before).get("schema");
        Object other = ((Map<?, ?>) more).get("schema");
        if (before.equals(more) || one == null || other == null) {
            return other == null && one != null ? more : before; // what may be anything may be all others too
        }
        var choices = new ArrayList<Object>(
                one instanceof Map<?, ?> union && union.get("anyOf") instanceof List<?> some ? some : List.of(one));
        if (!choices.contains(other)) {
            choices.add(other);
        }
        return Tree.of("schema", Tree.of("anyOf", choices));
    }

    private static String words(DescribedResponse response, Optional<String> result) {
        Optional<String> reason = response.status().map(Status::reason).filter(text -> !text.isEmpty());
        boolean isUsual =
                response.status().filter(status -> status.code() / 100 == 2).isPresent();
        return (isUsual ? result.or(() -> reason) : reason).orElse("The answer.");
    }

    private static String withoutCharset(MediaType type) {
        return MediaType.of(type.type(), type.subtype()).toString();
    }

    private void addHeader(DescribedHeader header, Map<String, Object> response) {
        boolean isText = header.type() == EntityTag.class || header.type() == Instant.class;
        Map<String, Object> schema = isText ? Tree.of("type", "string") : schemas.text(header.type(), false);
        boolean isShared = header.name().equalsIgnoreCase("Vary"); // to which others add what they look at
        header.value()
                .filter(value -> schema.get("type").equals("string") && !isShared)
                .ifPresent(value -> schema.put("const", value));
        Tree.at(response, "headers")
                .putIfAbsent(header.name(), Tree.of("required", header.isCertain(), "schema", schema));
    }

    private void add(DescribedError error, Map<String, Map<String, Object>> all) {
        String reasons = String.join(" ", error.reasons());
        String description = reasons.isEmpty() ? error.status().reason() : reasons;
        Map<String, Object> own =
                all.computeIfAbsent(String.valueOf(error.status().code()), none -> Tree.of("description", description));
        Map<String, Object> content = Tree.at(own, "content");
        content.putIfAbsent(MediaType.PROBLEM_JSON.toString(), problem());
        error.headers()
                .forEach(name ->
                        Tree.at(own, "headers").putIfAbsent(name, Tree.of("schema", Tree.of("type", "string"))));
    }

    private Map<String, Object> problem() {
        return Tree.of("schema", schemas.output(ProblemDetail.class));
    }
}
