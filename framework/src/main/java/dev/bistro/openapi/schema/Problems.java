package dev.bistro.openapi.schema;

import java.util.List;
import java.util.Map;

/**
 * The schema of problems, as {@link dev.bistro.http.ProblemDetail#members} has them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457, section 3</a>
 */
final class Problems {
    private Problems() {}

    static Map<String, Object> schema() {
        Map<String, Object> error = Trees.of(
                "type",
                "object",
                "description",
                "One value that is wrong.",
                "properties",
                Trees.of(
                        "in",
                        Trees.of(
                                "type", "string", "enum", List.of("path", "query", "header", "cookie", "form", "body")),
                        "name",
                        text("The parameter."),
                        "pointer",
                        Trees.of(
                                "type",
                                "string",
                                "format",
                                "json-pointer",
                                "description",
                                "Where in the body it is (RFC 6901)."),
                        "detail",
                        text("What is wrong.")),
                "required",
                List.of("in", "detail"));
        return Trees.of(
                "type",
                "object",
                "description",
                "What went wrong (RFC 9457).",
                "properties",
                Trees.of(
                        "type",
                        Trees.of("type", "string", "format", "uri-reference", "description", "The kind of problem."),
                        "title",
                        text("The kind of problem in words."),
                        "status",
                        Trees.of("type", "integer", "description", "The response's status."),
                        "detail",
                        text("What went wrong this time."),
                        "instance",
                        Trees.of("type", "string", "description", "The path of the request."),
                        "requestId",
                        text("The request's id."),
                        "errors",
                        Trees.of("type", "array", "items", error)),
                "required",
                List.of("status"),
                "additionalProperties",
                true); // members of a kind of its own, such as hints in development mode
    }

    private static Map<String, Object> text(String description) {
        return Trees.of("type", "string", "description", description);
    }
}
