package dev.bistro.openapi.check;

import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.Method;
import dev.bistro.http.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Holds answers against a document: their status, media type, body and header fields.
 *
 * <p>Every route may be answered with errors that Bistro writes itself, whether the document names them or not: as
 * problems, and to browsers as pages. A path or method that isn't in the document isn't held against it.
 */
public final class AnswerCheck {
    private static final String DEFAULT = "default";

    private final References references;
    private final SchemaCheck schemas;
    private final Map<String, Map<String, Object>> paths = new HashMap<>();

    /**
     * An answer as a client got it.
     *
     * @param path the route's, with its variables: {@code /items/{id}}
     * @param body all of it; empty if it isn't known, as that of a stream
     */
    public record Answer(Method method, String path, Status status, Headers headers, Optional<byte[]> body) {
        /** Whether there is nothing to be said about a body. */
        boolean hasNoBody() {
            return method.equals(Method.HEAD) || status.forbidsBody() || status.code() < 200;
        }
    }

    /** Checks by this document, with the application's changes in it. */
    public AnswerCheck(Map<String, Object> tree) {
        Map<String, Object> document = Json.plain(tree);
        this.references = new References(document);
        this.schemas = new SchemaCheck(document);
        Json.map(document, "paths").forEach((path, item) -> paths.put(withoutNames(path), references.map(item)));
    }

    private static String withoutNames(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    /** What is wrong with an answer, a sentence each; none if nothing is, or if the document doesn't have the route. */
    public List<String> faults(Answer answer) {
        Map<String, Object> responses = Json.map(operation(answer.method(), answer.path()), "responses");
        if (responses.isEmpty()) {
            return List.of();
        }
        String code = String.valueOf(answer.status().code());
        String range = code.charAt(0) + "XX";
        String key = responses.containsKey(code) ? code : responses.containsKey(range) ? range : DEFAULT;
        var faults = new ArrayList<String>();
        if (responses.containsKey(key)) {
            Map<String, Object> response = references.map(responses.get(key));
            header(response, answer, faults);
            body(key, response, answer, faults);
        } else if (!isOwnError(answer)) {
            faults.add("the status " + code + " isn't in the document, which has "
                    + String.join(", ", new TreeSet<>(responses.keySet())));
        }
        String where = answer.method() + " " + answer.path() + " with " + code
                + type(answer).map(type -> " " + type).orElse("") + ": ";
        return faults.stream().map(fault -> where + fault).toList();
    }

    /** Whether the document has a route. */
    public boolean has(Method method, String path) {
        return !operation(method, path).isEmpty();
    }

    private Map<String, Object> operation(Method method, String path) {
        Map<String, Object> item = paths.getOrDefault(withoutNames(path), Map.of());
        String name = method.name();
        for (Map<String, Object> group :
                List.of(item, Json.map(item, "additionalOperations"), Json.map(item, "x-additionalOperations"))) {
            for (String key : List.of(name.toLowerCase(Locale.ROOT), name)) {
                if (group.containsKey(key)) {
                    return Json.map(group, key);
                }
            }
        }
        return method.equals(Method.HEAD) ? Json.map(item, "get") : Map.of();
    }

    private static Optional<MediaType> type(Answer answer) {
        try {
            return answer.headers().first("Content-Type").map(MediaType::parse);
        } catch (IllegalArgumentException noType) {
            return Optional.empty();
        }
    }

    /** Whether it is an error as Bistro writes it for whatever goes wrong: a problem, or a page. */
    private static boolean isOwnError(Answer answer) {
        return answer.status().code() >= 400
                && (answer.hasNoBody()
                        || type(answer)
                                .filter(type -> MediaType.PROBLEM_JSON.includes(type) || isPage(type))
                                .isPresent());
    }

    private static boolean isPage(MediaType type) {
        return type.type().equals("text") && type.subtype().equals("html");
    }

    // ---- header fields

    private void header(Map<String, Object> response, Answer answer, List<String> faults) {
        Json.map(response, "headers").forEach((name, described) -> {
            Map<String, Object> header = references.map(described);
            Optional<String> value = answer.headers().combined(name);
            if (value.isEmpty() && Boolean.TRUE.equals(header.get("required"))) {
                faults.add("the header " + name + " is missing");
            }
            value.ifPresent(text -> {
                Object schema = header.get("schema");
                schemas.faults(schema, headerValue(text, references.map(schema)))
                        .forEach(fault -> faults.add("the header " + name + fault.pointer() + " " + fault.what()));
            });
        });
    }

    /** A field's text as a value of its schema, in the style {@code simple}. */
    private Object headerValue(String text, Map<String, Object> schema) {
        Object type = schema.get("type");
        if ("array".equals(type)) {
            return List.of(text.split(",", -1)).stream()
                    .map(one -> headerValue(one.strip(), references.map(schema.get("items"))))
                    .toList();
        }
        if ("boolean".equals(type) && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        boolean isNumber = "integer".equals(type) || "number".equals(type);
        return isNumber && text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text) : text;
    }

    // ---- bodies

    private void body(String key, Map<String, Object> response, Answer answer, List<String> faults) {
        Map<String, Object> content = Json.map(response, "content");
        boolean isEmpty = answer.body().filter(bytes -> bytes.length == 0).isPresent()
                && !answer.headers().contains("Content-Type"); // an empty text is one
        if (answer.hasNoBody() || isEmpty && (content.isEmpty() || key.equals(DEFAULT))) {
            return;
        }
        String described = content.isEmpty() ? "no body" : String.join(", ", content.keySet());
        Optional<MediaType> type = type(answer);
        if (isEmpty) {
            faults.add("there is no body, and the document has " + described);
            return;
        }
        Optional<Object> media = type.flatMap(known -> media(content, known));
        if (media.isPresent()) {
            new BodyItems(schemas)
                    .faults(Json.map(media.get()), type.get(), answer.body())
                    .forEach(faults::add);
        } else if (!isOwnError(answer)) {
            faults.add("the body is of " + type.map(Object::toString).orElse("no media type")
                    + ", and the document has " + described + (key.equals(DEFAULT) ? " for other statuses" : ""));
        }
    }

    /** What is described of a media type: by its name, or else by a range. */
    private static Optional<Object> media(Map<String, Object> content, MediaType type) {
        return content.entrySet().stream()
                .filter(one -> MediaType.parse(one.getKey()).includes(type))
                .min((one, other) -> Boolean.compare(isRange(one.getKey()), isRange(other.getKey())))
                .map(Map.Entry::getValue);
    }

    private static boolean isRange(String type) {
        return MediaType.parse(type).isRange();
    }
}
