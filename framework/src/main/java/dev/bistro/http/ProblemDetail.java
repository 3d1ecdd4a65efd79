package dev.bistro.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The body of an error response: {@code application/problem+json}. Empty texts are left out of it.
 *
 * <pre>{@code
 * ProblemDetail.of(new NotFoundException("Product not found")).members();
 * // {type=about:blank, title=Not Found, status=404, detail=Product not found}
 * }</pre>
 *
 * @param type a URI that names the kind of problem; {@code about:blank} where the status says enough
 * @param title the kind of problem in words
 * @param status the response's status
 * @param detail what went wrong this time, for the client to see
 * @param instance the path of the request that went wrong
 * @param requestId the request's id, as the log has it
 * @param errors the values that are wrong
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457, section 3</a>
 */
public record ProblemDetail(
        String type,
        String title,
        Status status,
        String detail,
        String instance,
        String requestId,
        List<InvalidValue> errors) {
    /** Copies the list. */
    public ProblemDetail {
        errors = List.copyOf(errors);
    }

    /** The problem of an exception, without the parts that come from the request. */
    public static ProblemDetail of(HttpException fault) {
        Status status = fault.status();
        // A subclass may override getMessage() and return null.
        String detail = Objects.requireNonNullElse(fault.detail(), "");
        return new ProblemDetail("about:blank", status.reason(), status, detail, "", "", fault.errors());
    }

    /** This problem with another detail. */
    public ProblemDetail withDetail(String other) {
        return new ProblemDetail(type, title, status, other, instance, requestId, errors);
    }

    /** This problem with the path and the id of a request. */
    public ProblemDetail withRequest(Request request) {
        return new ProblemDetail(type, title, status, detail, request.path(), request.id(), errors);
    }

    /** This problem without its list of errors. */
    public ProblemDetail withoutErrors() {
        return new ProblemDetail(type, title, status, detail, instance, requestId, List.of());
    }

    /** The members of the JSON object, in their order: texts, a number, and for the errors a list of objects. */
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        put(members, "type", type);
        put(members, "title", title);
        members.put("status", status.code());
        put(members, "detail", detail);
        put(members, "instance", instance);
        put(members, "requestId", requestId);
        if (!errors.isEmpty()) {
            members.put("errors", errors.stream().map(ProblemDetail::members).toList());
        }
        return members;
    }

    private static Map<String, String> members(InvalidValue error) {
        var members = new LinkedHashMap<String, String>();
        members.put("in", error.in().toString());
        members.put(error.in() == InvalidValue.In.BODY ? "pointer" : "name", error.name());
        members.put("detail", error.detail());
        return members;
    }

    private static void put(Map<String, Object> members, String name, String text) {
        if (!text.isEmpty()) {
            members.put(name, text);
        }
    }
}
