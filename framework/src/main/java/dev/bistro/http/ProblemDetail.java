package dev.bistro.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

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
 * @param extensions further members, in their order: texts, numbers, or anything else that can be written as JSON
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457, section 3</a>
 */
public record ProblemDetail(
        String type,
        String title,
        Status status,
        String detail,
        String instance,
        String requestId,
        List<InvalidValue> errors,
        Map<String, Object> extensions) {
    /** The type where the status says enough (RFC 9457, section 4.2.1). */
    static final String NO_TYPE = "about:blank";

    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> RESERVED =
            Set.of("type", "title", "status", "detail", "instance", "requestId", "errors", "development");

    /**
     * Copies the list and the map.
     *
     * @throws IllegalArgumentException if an extension has a name that it can't have: {@link HttpException#withMember}
     */
    public ProblemDetail {
        errors = List.copyOf(errors);
        extensions.keySet().forEach(ProblemDetail::requireExtension);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** A problem without extensions. */
    public ProblemDetail(
            String type,
            String title,
            Status status,
            String detail,
            String instance,
            String requestId,
            List<InvalidValue> errors) {
        this(type, title, status, detail, instance, requestId, errors, Map.of());
    }

    /** The name itself, if an extension may have it (RFC 9457, section 3.2). */
    static String requireExtension(String name) {
        if (!EXTENSION.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a problem's member: " + Tokens.quote(name)
                    + " (a letter, and then letters, digits and underscores; RFC 9457, section 3.2)");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("Problems have a member of their own that is called " + name);
        }
        return name;
    }

    /** The problem of an exception, without the parts that come from the request. */
    public static ProblemDetail of(HttpException fault) {
        Status status = fault.status();
        // A subclass may override getMessage() and return null.
        String detail = Objects.requireNonNullElse(fault.detail(), "");
        return new ProblemDetail(
                fault.type(), status.reason(), status, detail, "", "", fault.errors(), fault.members());
    }

    /** This problem with another detail. */
    public ProblemDetail withDetail(String other) {
        return new ProblemDetail(type, title, status, other, instance, requestId, errors, extensions);
    }

    /** This problem with the path and the id of a request. */
    public ProblemDetail withRequest(Request request) {
        return new ProblemDetail(type, title, status, detail, request.path(), request.id(), errors, extensions);
    }

    /** This problem without its list of errors. */
    public ProblemDetail withoutErrors() {
        return new ProblemDetail(type, title, status, detail, instance, requestId, List.of(), extensions);
    }

    /**
     * The members of the JSON object, in their order: texts, a number, for the errors a list of objects, and the
     * extensions.
     */
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
        members.putAll(extensions);
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
